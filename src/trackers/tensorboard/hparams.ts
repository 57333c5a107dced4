import type { Message } from "../protobuf.js";
import type { ConfigValue } from "../run.js";

/** The settings in the content of a `_hparams_/session_start_info` (tensorboard/plugins/hparams/plugin_data.proto). */
export function addHparams(config: Map<string, ConfigValue>, content: Message): void {
	while (content.next()) {
		if (content.field !== 3) continue; // HParamsPluginData.session_start_info
		for (const session = content.message; session.next(); ) {
			if (session.field !== 1) continue; // SessionStartInfo.hparams, a map
			let key = "";
			let value: ConfigValue = null;
			for (const entry = session.message; entry.next(); ) {
				if (entry.field === 1) key = entry.text;
				else if (entry.field === 2) value = plainValue(entry.message);
			}
			config.set(key, value);
		}
	}
}

/** A google.protobuf.Value that is no list and no object. */
function plainValue(value: Message): ConfigValue {
	while (value.next()) {
		if (value.field === 2) return value.double;
		if (value.field === 3) return value.text;
		if (value.field === 4) return value.varint !== 0;
	}
	return null;
}
