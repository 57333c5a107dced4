import { parseDocument } from "yaml";
import { addConfig } from "./config.js";
import { damaged } from "./damaged.js";
import type { ConfigValue } from "./run.js";

/** A YAML text as settings. Tags of Python objects are ignored, and only their plain parts are used. Throws `data/damaged`. */
export function flatYaml(text: string, file: string): ReadonlyMap<string, ConfigValue> {
	const config = new Map<string, ConfigValue>();
	const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
	if (document.errors.length > 0) throw damaged(file, document.errors[0].message.split("\n")[0]);
	try {
		addConfig(config, document.toJS({ maxAliasCount: 100 }));
	} catch {
		throw damaged(file, "it refers to itself more often than settings do");
	}
	return config;
}
