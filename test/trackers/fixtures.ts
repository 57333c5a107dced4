import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll } from "vitest";
import type { Goal } from "../../dist/core/goal.js";
import { digestOf } from "../../dist/runner/digest.js";
import { type ImportedRuns, runsOf } from "../../dist/store/import/runs.js";
import { type Imported, importedStudy } from "../../dist/store/import/study.js";
import type { Answers } from "../../dist/store/import/tracked/answers.js";
import { interpreted } from "../../dist/store/import/tracked/runs.js";
import { runsAt } from "../../dist/trackers/find/find.js";
import type { FormatName } from "../../dist/trackers/find/formats.js";
import { readBytes } from "../../dist/trainers/read-bytes.js";

/** What make.py wrote. */
const source = fileURLToPath(new URL("../fixtures/trackers", import.meta.url));

/** A copy of the fixtures, databases unpacked; it goes when the file's tests are done. */
export function unpackedFixtures(): string {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-trackers-"));
	afterAll(() => rmSync(folder, { recursive: true }));
	cpSync(source, folder, { recursive: true });
	for (const file of readdirSync(folder).filter((name) => name.endsWith(".db.gz")))
		writeFileSync(join(folder, file.replace(/\.gz$/, "")), gunzipSync(readFileSync(join(folder, file))));
	return folder;
}

/** Examples of the training set of every fixture. */
const examples = 4096;

export const accuracyGoal: Goal = { metric: "validation.accuracy", atLeast: 0.9, window: 1 };

interface Asked {
	readonly answers?: Answers;
	readonly goal?: Goal;
	readonly examples?: number;
	readonly from?: FormatName;
}

export interface Read extends Imported {
	readonly runs: ImportedRuns["runs"];
	readonly notes: readonly string[];
	readonly digest: string;
}

/** What `sweetspot import` makes of a path. */
export async function imported(
	path: string,
	{ answers = {}, goal = accuracyGoal, examples: count = examples, from }: Asked = {},
): Promise<Read> {
	const found = await runsAt(path, readBytes, from ?? null);
	const runs = "table" in found ? { ...runsOf(found.table, count, goal), notes: [] } : interpreted(found.runs, count, goal, answers);
	const study = importedStudy(runs, { name: "runs", file: "runs", sha256: "0", examples: count, goal, objective: null });
	return { ...study, runs: runs.runs, notes: runs.notes, digest: digestOf(study.trials) };
}
