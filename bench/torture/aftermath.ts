import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { checkDigest } from "../../src/api/check-digest.js";
import { trialKey } from "../../src/core/trial.js";
import { structureProblems } from "../../src/store/backup.js";
import { openStore } from "../../src/store/open.js";
import { type Found, processesOf, sent } from "./processes.js";
import type { Ending } from "./program.js";

/** What was started is given this long to be gone, on a crowded machine too. */
const goneMilliseconds = 60_000;

/** What of this mark still runs, when it has had its time; it is ended then. Null: nothing. */
export async function leftRunning(mark: string, patience = goneMilliseconds): Promise<string | null> {
	let left: readonly Found[] = processesOf(mark);
	for (const end = performance.now() + patience; left.length > 0 && performance.now() < end; left = processesOf(mark)) await delay(20);
	if (left.length === 0) return null;
	for (const { pid } of left) sent(pid, "SIGKILL");
	return `still running: ${left.map(({ pid, role, command }) => `${role} ${pid} (${command.slice(0, 120)})`).join(", ")}`;
}

/** Whether the store has this study by now. */
export function hasStudy(folder: string, id: string): boolean {
	if (!existsSync(folder)) return false;
	const store = openStore(folder, { mode: "read" });
	const found = store?.list().some((study) => study.id === id) ?? false;
	store?.close();
	return found;
}

/** What a store's file holds that it must not, read as it lies there. Null: it is sound, or not there yet. */
export function unsound(folder: string): string | null {
	if (!existsSync(folder)) return null;
	try {
		const store = openStore(folder, { mode: "read" });
		if (!store) return null;
		try {
			const [problem] = structureProblems(folder);
			if (problem !== undefined) return `the store's structure: ${problem}`;
			for (const study of store.list()) {
				const trials = store.trials(study.id);
				if (trials.length !== study.trials) return `${study.id} is listed with ${study.trials} trials and has ${trials.length}`;
				if (new Set(trials.map(({ spec }) => trialKey(spec))).size !== trials.length) return `${study.id} has a trial twice`;
				checkDigest(store, study, trials);
			}
			for (const { key } of store.experiments.list()) store.experiments.results(key);
			return null;
		} finally {
			store.close();
		}
	} catch (error) {
		return `the store can't be read: ${(error as Error).message}`;
	}
}

/** What is the same however often a study was interrupted. */
export interface Outcome {
	readonly id: string;
	readonly digest: string;
	readonly trials: number;
}

/** Reads it from what `--json` printed. Null where that isn't an answer with a digest. */
export function outcomeOf({ stdout }: Pick<Ending, "stdout">): Outcome | null {
	try {
		const { study, digest, cost } = JSON.parse(stdout) as { study: { id: string }; digest: unknown; cost: { trials: number } };
		return typeof digest === "string" ? { id: study.id, digest, trials: cost.trials } : null;
	} catch {
		return null;
	}
}

/** How an outcome differs from that of an undisturbed run. Null: not at all. */
export function difference(undisturbed: Outcome, found: Outcome | null): string | null {
	if (found === null) return "no answer with a digest";
	const differing = (["id", "digest", "trials"] as const).filter((key) => undisturbed[key] !== found[key]);
	return differing.length === 0
		? null
		: differing.map((key) => `${key} is ${found[key]}, and ${undisturbed[key]} in an undisturbed run`).join("; ");
}
