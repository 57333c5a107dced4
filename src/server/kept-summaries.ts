import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { version } from "../api/version.js";
import { sha256OfParts } from "../core/canonical.js";
import type { Summary } from "../page/summary.js";
import type { StoredStudy } from "../study/contracts.js";

/** In the store's folder. */
const fileName = "summaries.json";

/** Milliseconds between a new summary and the file: so that those of a whole list are written once. */
const restMilliseconds = 1000;

/** Studies that the file holds; the oldest go first. */
const mostKept = 2000;

const median = z.object({ median: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
const summary: z.ZodType<Summary> = z.object({
	trials: z.number(),
	verdict: z.string(),
	answer: z.string(),
	trainings: z.number().nullable(),
	expectedTrainings: z.number().nullable(),
	progress: z.object({ done: z.number(), expected: z.number(), secondsLeft: z.number().nullable() }),
	recommended: z.number().nullable(),
	sizes: z.array(z.object({ batchSize: z.number(), steps: median, examples: median, seconds: median })),
	goal: z.string(),
});
const keptFile = z.object({ version: z.literal(version), summaries: z.array(z.tuple([z.string(), summary])) });

/** Equal for a study as long as nothing about it changes: its settings, its times and its number of trials are part of it. */
const keyOf = (stored: StoredStudy): string => sha256OfParts([JSON.stringify(stored)]);

/**
 * The summaries of studies that don’t run, kept in a file of the store's folder that only its owner can read: so a server that was just started
 * lists them at once, even while it may compute nothing. What can't be read, or was written by another version, is as if it were not there.
 */
export class KeptSummaries {
	readonly #folder: string;
	readonly #kept: Map<string, Summary>;
	#timer: NodeJS.Timeout | undefined;

	constructor(folder: string) {
		this.#folder = folder;
		this.#kept = new Map(read(join(folder, fileName)));
	}

	/** Of a study that doesn’t run and has not changed since; null: not known. */
	of(stored: StoredStudy): Summary | null {
		return stored.state === "running" ? null : (this.#kept.get(keyOf(stored)) ?? null);
	}

	add(stored: StoredStudy, summary: Summary): void {
		if (stored.state === "running") return;
		const key = keyOf(stored);
		const before = this.#kept.get(key);
		if (before && JSON.stringify(before) === JSON.stringify(summary)) return;
		this.#kept.set(key, summary);
		for (const [oldest] of this.#kept) if (this.#kept.size > mostKept) this.#kept.delete(oldest);
		this.#timer ??= setTimeout(() => this.write(), restMilliseconds).unref();
	}

	/** Writes what is new. */
	write(): void {
		if (this.#timer === undefined) return;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const file = join(this.#folder, fileName);
		const draft = `${file}.${process.pid}`;
		try {
			rmSync(draft, { force: true });
			writeFileSync(draft, JSON.stringify({ version, summaries: [...this.#kept] }), { mode: 0o600, flag: "wx" });
			renameSync(draft, file);
		} catch {} // the folder is read-only, or gone: then summaries are computed again
	}
}

function read(file: string): readonly (readonly [string, Summary])[] {
	try {
		return keptFile.parse(JSON.parse(readFileSync(file, "utf8"))).summaries;
	} catch {
		return [];
	}
}
