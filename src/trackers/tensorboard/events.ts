import { addConfig, jsonOf } from "../config.js";
import { Curves, type Keep, keepAll } from "../curves.js";
import { damaged } from "../damaged.js";
import { Message, NoMessage } from "../protobuf.js";
import type { ConfigValue, Curve } from "../run.js";
import { tfRecords } from "../tfrecord.js";
import { addHparams } from "./hparams.js";
import { scalarOf, textOf } from "./tensor.js";

/** The contents of one event file. */
export interface EventFile {
	/** When it was started, by the clock of its machine, in seconds. */
	readonly begun: number;
	/** By tag. */
	readonly curves: ReadonlyMap<string, Curve>;
	/** How often each tag was written. */
	readonly counts: ReadonlyMap<string, number>;
	readonly config: ReadonlyMap<string, ConfigValue>;
	/** How the run ended according to the hparams plugin; null if it doesn't say. */
	readonly ended: "finished" | "failed" | null;
}

export interface Scalar {
	readonly tag: string;
	readonly step: number;
	readonly value: number;
	readonly seconds: number;
}

/** Reads a TensorBoard event file (tensorflow/core/util/event.proto). Throws `data/damaged`. */
export function readEvents(bytes: Uint8Array, file: string, keep: Keep = keepAll): EventFile {
	const found = nothing();
	const curves = new Curves(keep);
	const counts = new Map<string, number>();
	for (const record of tfRecords(bytes, file)) {
		addRecord(found, record, file);
		for (const { tag, step, value, seconds } of found.scalars.splice(0)) {
			curves.add(tag, "unknown", step, value, seconds);
			counts.set(tag, (counts.get(tag) ?? 0) + 1);
		}
	}
	const { begun, config, ended } = found;
	return { begun, config, ended, curves: curves.done(), counts };
}

/** The scalars in one of its records. Throws `data/damaged`. */
export function scalarsOf(record: Uint8Array, file: string): readonly Scalar[] {
	const found = nothing();
	addRecord(found, record, file);
	return found.scalars;
}

const nothing = (): Found => ({ begun: Number.NaN, scalars: [], config: new Map(), ended: null });

function addRecord(found: Found, record: Uint8Array, file: string): void {
	try {
		addEvent(found, new Message(record));
	} catch (error) {
		throw error instanceof NoMessage ? damaged(file, "an event in it cannot be read") : error;
	}
}

type Found = { begun: number; scalars: Scalar[]; config: Map<string, ConfigValue>; ended: EventFile["ended"] };

function addEvent(found: Found, event: Message): void {
	let seconds = 0;
	let step = 0;
	const summaries: Message[] = [];
	while (event.next()) {
		if (event.field === 1) seconds = event.double;
		else if (event.field === 2) step = event.varint;
		else if (event.field === 5) summaries.push(event.message);
	}
	if (Number.isNaN(found.begun)) found.begun = seconds;
	for (const summary of summaries)
		while (summary.next()) if (summary.field === 1 && summary.wire === 2) addValue(found, summary.message, step, seconds);
}

function addValue(found: Found, summary: Message, step: number, seconds: number): void {
	let tag = "";
	let value: number | undefined;
	let tensor: Uint8Array | undefined;
	let metadata: Uint8Array | undefined;
	while (summary.next()) {
		if (summary.field === 1) tag = summary.text;
		else if (summary.field === 2) value = summary.float;
		else if (summary.field === 8) tensor = summary.content;
		else if (summary.field === 9) metadata = summary.content;
	}
	if (tag === "_hparams_/session_start_info" && metadata) addHparams(found.config, pluginContent(metadata));
	else if (tag === "_hparams_/session_end_info" && metadata) found.ended = endOf(pluginContent(metadata));
	else if (tag.startsWith("args/text_summary") && tensor) addConfig(found.config, jsonOf(textOf(new Message(tensor)) ?? ""));
	else {
		value ??= tensor && scalarOf(new Message(tensor));
		if (value !== undefined && tag !== "") found.scalars.push({ tag, step, value, seconds });
	}
}

/** SummaryMetadata.plugin_data.content, as a message; an empty one where there is none. */
function pluginContent(metadata: Uint8Array): Message {
	for (const summary = new Message(metadata); summary.next(); )
		if (summary.field === 1) for (const plugin = summary.message; plugin.next(); ) if (plugin.field === 2) return plugin.message;
	return new Message(new Uint8Array());
}

/** SessionEndInfo.status: 1 success, 2 failure. */
function endOf(content: Message): EventFile["ended"] {
	while (content.next())
		if (content.field === 4)
			for (const end = content.message; end.next(); )
				if (end.field === 1) return end.varint === 1 ? "finished" : end.varint === 2 ? "failed" : null;
	return null;
}
