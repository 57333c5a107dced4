import { addConfig, jsonOf, numberIn } from "../config.js";
import { Curves, type Keep } from "../curves.js";
import { damaged } from "../damaged.js";
import { logRecords } from "../leveldb-log.js";
import { Message, NoMessage } from "../protobuf.js";
import type { ConfigValue, Curve, RunState, TrackedRun } from "../run.js";
import { axisOf, type StepMetrics } from "./axes.js";

/** One `run-ID.wandb`. A run that was resumed has several. */
export interface WandbFile {
	readonly id: string;
	readonly name: string;
	readonly group: string | null;
	/** Seconds since 1970; NaN where it isn't known. */
	readonly begun: number;
	readonly config: ReadonlyMap<string, ConfigValue>;
	readonly curves: ReadonlyMap<string, Curve>;
	/** How many calls of `log` it has. */
	readonly rows: number;
	readonly state: RunState;
}

/** What one call of `log` wrote. Keys of nested values are joined by dots. */
export type Row = ReadonlyMap<string, number>;

const magic = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00]; // ":W&B", 0xBEE1, version 0

export const isWandb = (bytes: Uint8Array): boolean => magic.slice(0, 6).every((byte, at) => bytes[at] === byte);

/** Reads a W&B run file (wandb/proto/wandb_internal.proto). Throws `data/damaged`. */
export function readWandb(bytes: Uint8Array, file: string, keep: Keep): WandbFile {
	if (bytes[6] !== magic[6]) throw damaged(file, `its format has version ${bytes[6] ?? "none"}, expected 0`);
	const found = {
		id: "",
		name: "",
		group: null as string | null,
		begun: Number.NaN,
		config: new Map<string, ConfigValue>(),
		rows: 0,
		stepMetrics: new Map<string, string>(),
		state: "unknown" as RunState,
	};
	const curves = new Curves(keep);
	try {
		addStepMetrics(found.stepMetrics, bytes, file);
		for (const bytesOfRecord of logRecords(bytes, magic.length, file)) {
			for (const record = new Message(bytesOfRecord); record.next(); ) {
				if (record.wire !== 2) continue;
				if (record.field === 2) {
					addRow(curves, rowOf(record.message), found.stepMetrics);
					found.rows++;
				} else if (record.field === 5) addUpdates(found.config, record.message);
				else if (record.field === 17) addRun(found, record.message);
				else if (record.field === 18) found.state = exitOf(record.message);
			}
		}
	} catch (error) {
		throw error instanceof NoMessage ? damaged(file, "a record in it cannot be read") : error;
	}
	const { id, name, group, begun, config, rows, state } = found;
	return { id, name, group, begun, config, rows, state, curves: curves.done() };
}

/** Such records may come after the rows that they apply to. */
function addStepMetrics(metrics: Map<string, string>, bytes: Uint8Array, file: string): void {
	for (const bytesOfRecord of logRecords(bytes, magic.length, file))
		for (const record = new Message(bytesOfRecord); record.next(); )
			if (record.wire === 2 && record.field === 12) addStepMetric(metrics, record.message);
}

interface Item {
	readonly key: string;
	readonly value: unknown;
}

/** An item of a history, or an update of a configuration: key (1) or nested keys (2), and the value as JSON (16). */
function itemOf(item: Message): Item {
	const nested: string[] = [];
	let key = "";
	let value: unknown;
	while (item.next()) {
		if (item.field === 1) key = item.text;
		else if (item.field === 2) nested.push(item.text);
		else if (item.field === 16) value = jsonOf(item.text);
	}
	return { key: key === "" ? nested.join(".") : key, value };
}

function rowOf(history: Message): Row {
	const row = new Map<string, number>();
	while (history.next()) {
		if (history.field === 1) {
			const { key, value } = itemOf(history.message);
			const number = numberIn(value);
			if (number !== undefined) row.set(key, number);
		} else if (history.field === 2) for (const step = history.message; step.next(); ) if (step.field === 1) row.set("_step", step.varint);
	}
	return row;
}

function addUpdates(config: Map<string, ConfigValue>, record: Message): void {
	while (record.next()) {
		if (record.field !== 1) continue;
		const { key, value } = itemOf(record.message);
		if (!key.startsWith("_wandb")) addConfig(config, value, key);
	}
}

/** MetricRecord: name (1) or a glob of names (2), and the metric that its rows are drawn against (4). */
function addStepMetric(metrics: Map<string, string>, record: Message): void {
	let name = "";
	let step = "";
	while (record.next()) {
		if (record.field === 1 || record.field === 2) name = record.text;
		else if (record.field === 4) step = record.text;
	}
	if (name !== "" && step !== "") metrics.set(name, step);
}

function addRun(
	found: { id: string; name: string; group: string | null; begun: number; config: Map<string, ConfigValue> },
	run: Message,
): void {
	while (run.next()) {
		if (run.wire !== 2) continue;
		if (run.field === 1) found.id = run.text;
		else if (run.field === 3) found.group = run.text;
		else if (run.field === 4) addUpdates(found.config, run.message);
		else if (run.field === 8) found.name = run.text;
		else if (run.field === 17) for (const time = run.message; time.next(); ) if (time.field === 1) found.begun = time.varint;
	}
}

/** RunExitRecord.exit_code; a field that is 0 isn't written. */
function exitOf(exit: Message): RunState {
	while (exit.next()) if (exit.field === 1 && exit.varint !== 0) return "failed";
	return "finished";
}

/** The runs in files: files with one id are one run, in the order in which they were started. */
export function runsOfFiles(files: readonly WandbFile[], keep: Keep): TrackedRun[] {
	const runs = new Map<string, WandbFile[]>();
	for (const file of [...files].sort((a, b) => a.begun - b.begun)) runs.set(file.id, [...(runs.get(file.id) ?? []), file]);
	return [...runs].map(([id, parts]) => {
		const curves = new Curves(keep);
		const config = new Map<string, ConfigValue>();
		for (const { curves: found, config: settings } of parts) {
			for (const [key, value] of settings) config.set(key, value);
			for (const [name, curve] of found) curves.addAll(name, curve, curve.axis);
		}
		const { name, group, state } = parts[parts.length - 1];
		return { name: name || id, group, config, curves: curves.done(), state };
	});
}

function addRow(curves: Curves, row: Row, stepMetrics: StepMetrics): void {
	for (const [key, value] of row) {
		if (key.startsWith("_")) continue;
		const { axis, at } = axisOf(key, row, stepMetrics);
		if (at !== undefined) curves.add(key, axis, at, value, row.get("_timestamp"));
	}
}
