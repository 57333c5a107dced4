import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Backend } from "../../../core/backend.js";
import { SweetspotError } from "../../../core/errors.js";
import { writePrivateFile } from "../folder.js";

/** Of the files below: goes up whenever a reader must change. */
const orderVersion = 1;

/** What controllers need to know in addition to the snapshot: a file in the study's folder. */
export interface DetachedOrder {
	readonly version: typeof orderVersion;
	/** The study's. */
	readonly id: string;
	/** Part of its jobs' names. */
	readonly tag: string;
	/** Jobs at once. */
	readonly slots: number;
	readonly backend: Backend;
	/** Node.js and the installed program, as nodes see them. */
	readonly node: string;
	readonly main: string;
	/** What jobs run, and its SHA-256. */
	readonly program: string;
	readonly sha256: string;
	/** Options of sbatch for controllers. */
	readonly options: readonly string[];
	/** The generation that began or resumed it. Jobs of earlier ones were given up. */
	readonly base: number;
}

/** Where a study stands, as its last controller left it: a file for each generation. */
export interface Standing {
	/** "waits": its jobs or its next controller are in the queue. "complete" has its answer; "ended" has none yet. */
	readonly state: "waits" | "complete" | "ended";
	/** Why it ended, in words; else null. */
	readonly problem: string | null;
	/** Milliseconds since 1970. */
	readonly at: number;
}

const orderFile = (folder: string): string => join(folder, "order.json");
const standingFile = (folder: string, generation: number): string => join(folder, `standing-${generation}.json`);

export const scriptsFolder = (folder: string): string => join(folder, "scripts");
export const snapshotFile = (folder: string, generation: number): string => join(folder, `snapshot-${generation}.sqlite`);
export const roundFolder = (folder: string, generation: number): string => join(folder, `round-${generation}`);
export const sessionFileOf = (round: string): string => join(round, "session.json");

export const writeOrder = (folder: string, order: Omit<DetachedOrder, "version">): void =>
	publish(orderFile(folder), JSON.stringify({ version: orderVersion, ...order } satisfies DetachedOrder));

export function readOrder(folder: string): DetachedOrder {
	const order = JSON.parse(readFileSync(orderFile(folder), "utf8")) as DetachedOrder;
	if (order.version === orderVersion) return order;
	throw new SweetspotError(
		"cluster/unusable",
		`${orderFile(folder)} has version ${order.version}, expected ${orderVersion}`,
		"resume the study with the version of Sweetspot that began it, or with `--fresh` begin it again",
	);
}

export const writeStanding = (folder: string, generation: number, standing: Standing): void =>
	publish(standingFile(folder, generation), JSON.stringify(standing));

/** The last standing; null where there is none. */
export function lastStanding(folder: string): Standing | null {
	const generation = highestOf(folder, /^standing-(\d+)\.json$/);
	return generation === 0 ? null : (JSON.parse(readFileSync(standingFile(folder, generation), "utf8")) as Standing);
}

/** The generation of the last snapshot; 0: there is none. */
export const lastSnapshot = (folder: string): number => highestOf(folder, /^snapshot-(\d+)\.sqlite$/);

/** Generations that have a folder of jobs, in order. */
export const roundsIn = (folder: string): readonly number[] =>
	numbersIn(folder, /^round-(\d+)$/).filter((number) => existsSync(sessionFileOf(roundFolder(folder, number))));

const highestOf = (folder: string, pattern: RegExp): number => numbersIn(folder, pattern).at(-1) ?? 0;

function numbersIn(folder: string, pattern: RegExp): readonly number[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.flatMap((name) => {
			const [, number] = pattern.exec(name) ?? [];
			return number === undefined ? [] : Number(number);
		})
		.sort((a, b) => a - b);
}

/** Readers see the file as a whole or not at all. */
function publish(file: string, text: string): void {
	writePrivateFile(`${file}.${process.pid}`, text);
	renameSync(`${file}.${process.pid}`, file);
}
