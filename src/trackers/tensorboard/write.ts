import { MessageWriter } from "../protobuf-writer.js";
import type { ConfigValue } from "../run.js";
import { tfRecordOf } from "../tfrecord-writer.js";

/** A scalar as it is written: float32 holds the value. */
export interface WrittenScalar {
	readonly tag: string;
	readonly step: number;
	readonly value: number;
}

/**
 * An event file: the settings as the hparams plugin reads them, then the scalars. `secondsOf`: the wall time of a step, since 1970.
 */
export function* eventFile(
	config: ReadonlyMap<string, ConfigValue>,
	scalars: Iterable<WrittenScalar>,
	secondsOf: (step: number) => number,
): Generator<Uint8Array> {
	const begun = secondsOf(0);
	yield tfRecordOf(event(begun, 0).text(3, "brain.Event:2").done());
	const value = new MessageWriter().text(1, "_hparams_/session_start_info").message(9, settings(config, begun));
	yield tfRecordOf(event(begun, 0).message(5, new MessageWriter().message(1, value)).done());
	for (const { tag, step, value: number } of scalars) {
		const scalar = new MessageWriter().text(1, tag).float(2, number);
		yield tfRecordOf(event(secondsOf(step), step).message(5, new MessageWriter().message(1, scalar)).done());
	}
}

const event = (seconds: number, step: number): MessageWriter => new MessageWriter().double(1, seconds).whole(2, step);

/** SummaryMetadata with the plugin's HParamsPluginData. */
function settings(config: ReadonlyMap<string, ConfigValue>, begun: number): MessageWriter {
	const session = new MessageWriter();
	for (const [key, value] of config) session.message(1, new MessageWriter().text(1, key).message(2, plainValue(value)));
	session.double(5, begun);
	const plugin = new MessageWriter().text(1, "hparams").message(2, new MessageWriter().message(3, session));
	return new MessageWriter().message(1, plugin);
}

/** A google.protobuf.Value. */
function plainValue(value: ConfigValue): MessageWriter {
	const written = new MessageWriter();
	if (value === null) return written.whole(1, 0);
	if (typeof value === "number") return written.double(2, value);
	return typeof value === "string" ? written.text(3, value) : written.whole(4, value ? 1 : 0);
}
