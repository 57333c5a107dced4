import { setTimeout as delay } from "node:timers/promises";
import type { Rng } from "../../src/core/rng.js";
import { difference, hasStudy, leftRunning, type Outcome, outcomeOf, unsound } from "./aftermath.js";
import { otherTrials } from "./exported-trials.js";
import { drawFaults, type Fault, isLethal, strike } from "./faults.js";
import { Place } from "./place.js";
import { bugIn, type Problem } from "./problem.js";
import { processesOf } from "./processes.js";
import type { Ending, Started } from "./program.js";
import type { Workload } from "./workloads.js";

/** A study that is run whole or to a budget, and what comes of it undisturbed. */
export interface Undisturbed {
	readonly workload: Workload;
	readonly begin: readonly string[];
	readonly outcome: Outcome;
	/** The study as JSON, with a trial a line. */
	readonly exported: string;
	readonly milliseconds: number;
}

/** What was done, and what was found wrong after it. */
export interface KillReport {
	/** Faults that hit a process: `SIGKILL runner`. */
	readonly hits: readonly string[];
	readonly problems: readonly Problem[];
}

/** With an answer, undecided or with some trials failed as well. */
const answered: readonly (number | null)[] = [0, 3, 4];
const terminated = 143;

/** Faults come within this share of the time that the whole study takes: most sessions are cut short then, wherever they began. */
const strikingShare = 0.55;

export async function runUndisturbed(kind: Workload, whole: boolean): Promise<Undisturbed> {
	const workload = whole ? kind : { ...kind, files: { ...kind.files, "times.json": await stepTimesOf(kind) } };
	const place = new Place(workload.files);
	try {
		const begin = ["tune", "study.yaml", "--json", ...(whole ? [] : ["--budget", String(workload.budget), "--step-times", "times.json"])];
		const ending = await place.run([...begin, "--workers", "2"]);
		const outcome = outcomeOf(ending);
		if (outcome === null) throw new Error(`${workload.name} has no answer: ${ending.stderr.slice(-1000)}`);
		const { stdout: exported } = await place.run(exporting(outcome));
		return { workload, begin, outcome, exported, milliseconds: ending.milliseconds };
	} finally {
		place.remove();
	}
}

/** An answer with seconds per step: which trials a budget buys depends on them. */
async function stepTimesOf(workload: Workload): Promise<string> {
	const place = new Place(workload.files);
	try {
		return (await place.run(["tune", "study.yaml", "--json", "--quiet", "--budget", "1"])).stdout;
	} finally {
		place.remove();
	}
}

const exporting = ({ id }: Outcome): readonly string[] => ["export", id, "--format", "json"];

/** Disturbs one study until it is done in spite of that, or has had this many faults; then lets it finish. */
export async function disturbStudy(whole: Undisturbed, rng: Rng, mostFaults: number): Promise<KillReport> {
	const { workload, begin, outcome, milliseconds } = whole;
	const hasScripts = workload.name === "script";
	const place = new Place(workload.files);
	const hits: string[] = [];
	const problems: Problem[] = [];
	const note = (found: string | null) => {
		if (found !== null) problems.push({ after: `${begin.join(" ")} of the ${workload.name}, after ${hits.join(", ")}`, found });
	};
	try {
		let unguarded = false;
		for (let isDone = false; !isDone && problems.length === 0; ) {
			const faults = hits.length < mostFaults ? drawFaults(rng, hasScripts, strikingShare * milliseconds) : [];
			const command = hasStudy(place.store, outcome.id) ? ["resume", outcome.id, "--json"] : begin;
			const started = place.start([...command, "--workers", String(1 + rng.below(4))]);
			// What no one guards is ended by the next session, before that has a guard of its own.
			if (unguarded) await guardOf(place, started);
			const struck = await strikeAll(faults, place, started, hasScripts, rng);
			const ending = await started.ended;
			hits.push(...struck.hits);
			unguarded = struck.unguarded;
			note(wrongEnd(ending));
			if (!unguarded) note(await leftRunning(place.mark));
			note(unsound(place.store));
			isDone = answered.includes(ending.code);
			const found = isDone ? difference(outcome, outcomeOf(ending)) : null;
			if (found !== null) note(`${found}${otherTrials(whole.exported, (await place.run(exporting(outcome))).stdout)}`);
		}
		const { code, stdout } = await place.run(["doctor", "--store", place.store]);
		if (code !== 0) note(`doctor exits with ${code}: ${stdout}`);
		return { hits, problems };
	} finally {
		await leftRunning(place.mark, 0);
		place.remove();
	}
}

/** Strikes as the faults say, for as long as there is something to strike. */
async function strikeAll(
	faults: readonly Fault[],
	place: Place,
	{ pid, ended }: Started,
	hasScripts: boolean,
	rng: Rng,
): Promise<{ readonly hits: readonly string[]; readonly unguarded: boolean }> {
	let over = false;
	void ended.then(() => {
		over = true;
	});
	const hits: string[] = [];
	for (const fault of faults) {
		await Promise.race([delay(fault.after), ended]);
		if (over) break;
		// The guard before may have been killed just now, and no other be there yet.
		const unguarded = fault.victim === "runner and guard" || (hasScripts && isLethal(fault) && !hasGuard(place.mark));
		if (!(await strike(fault, place.mark, pid, rng))) continue;
		hits.push(`${fault.signal} ${fault.victim}`);
		if (isLethal(fault)) return { hits, unguarded };
	}
	return { hits, unguarded: false };
}

/** Resolves when a session has a guard, or has ended without. */
async function guardOf({ mark }: Place, { ended }: Started): Promise<void> {
	let over = false;
	void ended.then(() => {
		over = true;
	});
	while (!over && !hasGuard(mark)) await delay(20);
}

const hasGuard = (mark: string): boolean => processesOf(mark).some(({ role }) => role === "guard");

/** What is wrong with how a session ended, whether it was disturbed or not. */
export function wrongEnd({ code, signal, stderr, hung }: Ending): string | null {
	if (hung) return "it hangs";
	const bug = bugIn(stderr);
	if (bug !== null) return `a bug: ${bug}`;
	if (code === null && (signal === "SIGKILL" || signal === "SIGTERM")) return null;
	if (code === terminated || answered.includes(code)) return null;
	return `exit code ${code}, signal ${signal}: ${stderr.slice(-1000)}`;
}
