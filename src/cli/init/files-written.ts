import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { metricNamed } from "../../core/metric-names.js";
import { readEvents } from "../../trackers/tensorboard/events.js";
import { parsedJson } from "../../trainers/command/protocol.js";
import { ownNameOf } from "../../trainers/command/written/columns.js";
import { fieldsOf, separatorOf } from "../../trainers/command/written/csv-line.js";
import { filesMatching, TooManyFiles } from "../../trainers/command/written/glob.js";
import { flat } from "../../trainers/command/written/table-reader.js";
import { directionOf } from "./metric-directions.js";
import type { Metrics } from "./source.js";

/** A file that appeared while the script was tried, and how a study says that its metrics are there. */
export interface FileWritten {
	readonly path: string;
	/** Its columns or tags. */
	readonly titles: readonly string[];
	readonly metrics: Metrics;
}

/** So much of a table is looked at, in bytes, and an event file up to this size. */
const mostBytes = { table: 65_536, events: 2 ** 24 } as const;

/** How columns that count are called; the first that is there counts. */
const counters = [
	["step", /^(?:trainer\/)?(?:global_?)?(?:step|iter|iteration)s?$/i],
	["epoch", /^epochs?$/i],
] as const;

/** Looks from now on for files with metrics that appear below a folder. Links aren't followed. */
export function filesWrittenBelow(folder: string): () => FileWritten | null {
	const before = new Set(candidates(folder));
	return () => {
		const found = candidates(folder).filter((path) => !before.has(path));
		for (const path of found.sort((a, b) => madeAt(join(folder, b)) - madeAt(join(folder, a)))) {
			const file = path.includes("tfevents") ? eventFile(folder, path) : table(folder, path);
			if (file !== null) return file;
		}
		return null;
	};
}

function candidates(folder: string): readonly string[] {
	try {
		return ["*.csv", "*.tsv", "*.jsonl", "*tfevents*"].flatMap((name) => filesMatching(folder, `**/${name}`));
	} catch (error) {
		if (error instanceof TooManyFiles) return [];
		throw error;
	}
}

const madeAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.birthtimeMs ?? 0;

/** What a goal can well be set on: of a held-out set, or a metric of the script's own whose name shows which way is better. */
function isHeldOut(title: string): boolean {
	const known = metricNamed(title);
	return known ? known.set === "validation" : ownNameOf(title) !== null && directionOf(title) !== null && !/train/i.test(title);
}

/** As the study says it where the goal is on this metric, which may have another name in the file. */
export function namedFor(file: FileWritten, metric: string): FileWritten {
	const title = file.titles.find((one) => one !== metric && metricNamed(one) === undefined && ownNameOf(one) === metric);
	return title === undefined ? file : { ...file, metrics: { ...file.metrics, names: { [metric]: title } } as Metrics };
}

function table(folder: string, path: string): FileWritten | null {
	const { titles, first } = rowsIn(beginning(join(folder, path)).split(/\r?\n/));
	if (!titles.some(isHeldOut)) return null;
	for (const [counter, name] of counters) {
		const at = titles.findIndex((title) => name.test(title));
		if (at < 0) continue;
		const isFromZero = counter === "epoch" && Number(first[at] || Number.NaN) === 0;
		const column = isFromZero ? { name: titles[at], from: 0 as const } : titles[at];
		return { path, titles, metrics: { file: anyRun(path), [counter]: column } as Metrics };
	}
	return null;
}

/** Columns or keys, and the first value of each, of a table or of JSON lines, of which each may have other keys. */
function rowsIn(lines: readonly string[]): { readonly titles: readonly string[]; readonly first: readonly string[] } {
	if (!lines[0].startsWith("{")) {
		const separator = separatorOf(lines[0]);
		return { titles: fieldsOf(lines[0], separator), first: fieldsOf(lines[1] ?? "", separator) };
	}
	const found = new Map<string, string>();
	for (const line of lines) {
		const value = parsedJson(line);
		if (typeof value !== "object" || value === null) continue;
		for (const [key, one] of flat(value)) if (!found.has(key)) found.set(key, String(one));
	}
	return { titles: [...found.keys()], first: [...found.values()] };
}

function eventFile(folder: string, path: string): FileWritten | null {
	const file = join(folder, path);
	if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > mostBytes.events) return null;
	let titles: readonly string[];
	try {
		titles = [...readEvents(readFileSync(file), path).counts.keys()];
	} catch {
		return null; // damaged, or gone
	}
	// Its TensorBoard logger writes one of these among the scalars, and counts from 0.
	const byLightning = titles.includes("hp_metric") || (titles.includes("epoch") && existsSync(join(dirname(file), "hparams.yaml")));
	const byKeras = titles.some((tag) => tag.startsWith("epoch_")) && /\/(?:train|validation)\/[^/]+$/.test(path);
	if (!byKeras && !titles.some(isHeldOut)) return null;
	const [top, ...below] = anyRun(path).split("/");
	return { path, titles, metrics: { tensorboard: below.length > 0 ? top : ".", ...(byLightning && { from: 0 as const }) } };
}

/** A path for every run: names of folders with digits in them, as of versions and times, are others in the next. */
const anyRun = (path: string): string =>
	path
		.split("/")
		.map((name, i, all) => (i < all.length - 1 && /\d/.test(name) ? "*" : name))
		.join("/")
		.replace(/[^/]*$/, basename(path).replace(/\d{6,}/g, "*"));

function beginning(file: string): string {
	const bytes = Buffer.alloc(mostBytes.table);
	try {
		const descriptor = openSync(file, "r");
		try {
			return bytes.subarray(0, readSync(descriptor, bytes)).toString();
		} finally {
			closeSync(descriptor);
		}
	} catch {
		return "";
	}
}
