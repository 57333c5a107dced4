import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { metricNamed } from "../../core/metric-names.js";
import { readEvents } from "../../trackers/tensorboard/events.js";
import { fieldsOf, separatorOf } from "../../trainers/command/written/csv-line.js";
import { filesMatching, TooManyFiles } from "../../trainers/command/written/glob.js";
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
		return ["*.csv", "*.tsv", "*tfevents*"].flatMap((name) => filesMatching(folder, `**/${name}`));
	} catch (error) {
		if (error instanceof TooManyFiles) return [];
		throw error;
	}
}

const madeAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.birthtimeMs ?? 0;

/** Of a held-out set: what a goal is best set on. */
const isHeldOut = (title: string): boolean => metricNamed(title)?.set === "validation";

function table(folder: string, path: string): FileWritten | null {
	const [header = "", first = ""] = beginning(join(folder, path)).split(/\r?\n/);
	const separator = separatorOf(header);
	const titles = fieldsOf(header, separator);
	if (!titles.some(isHeldOut)) return null;
	for (const [counter, name] of counters) {
		const at = titles.findIndex((title) => name.test(title));
		if (at < 0) continue;
		const isFromZero = counter === "epoch" && Number(fieldsOf(first, separator)[at] || Number.NaN) === 0;
		const column = isFromZero ? { name: titles[at], from: 0 as const } : titles[at];
		return { path, titles, metrics: { file: anyRun(path), [counter]: column } as Metrics };
	}
	return null;
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
	const byKeras = titles.some((tag) => tag.startsWith("epoch_")) && /\/(?:train|validation)\/[^/]+$/.test(path);
	if (!byKeras && !titles.some(isHeldOut)) return null;
	const [top, ...below] = anyRun(path).split("/");
	return { path, titles, metrics: { tensorboard: below.length > 0 ? top : "." } };
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
