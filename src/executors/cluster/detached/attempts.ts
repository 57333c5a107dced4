import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TrialResult, type TrialSpec, trialKey } from "../../../core/trial.js";
import type { LostTrial } from "../../../study/contracts.js";
import { Furthest } from "../furthest.js";
import type { JobFile } from "../job-files.js";
import type { JobState } from "../job-system.js";
import { TrialRun } from "../trial-run.js";
import { TrialsJob } from "../trials-job.js";
import { roundFolder, roundsIn } from "./order.js";

/** How an attempt at a trial ended; an error: it can't be run at all. */
type AttemptEnd = TrialResult | LostTrial | Error;

/** The attempts of earlier rounds that a study has not taken in yet, by trial, in order. */
export class Attempts {
	readonly #ends = new Map<string, AttemptEnd[]>();
	/** Whether an attempt was lost whose job has said neither a result nor why. */
	hasSilent = false;

	/** Takes the first end of this trial out; undefined: there is none, or none any more. */
	take(trial: TrialSpec): AttemptEnd | undefined {
		return this.#ends.get(trialKey(trial))?.shift();
	}

	/** Mean seconds of a trial in these rounds; null where none has a result. */
	get meanSeconds(): number | null {
		const seconds = [...this.#ends.values()].flat().flatMap((end) => ("seconds" in end ? end.seconds : []));
		return seconds.length === 0 ? null : seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
	}

	add(trial: TrialSpec, end: AttemptEnd): void {
		const key = trialKey(trial);
		const ends = this.#ends.get(key);
		if (ends) ends.push(end);
		else this.#ends.set(key, [end]);
	}
}

/**
 * Reads what the jobs of all rounds have said. Of rounds before `base`, which were given up when the study was resumed, only results count.
 * `stateOf`: what Slurm says of a job, by its round and its place; null where it knows it no more.
 */
export function attemptsIn(
	folder: string,
	base: number,
	areScripts: boolean,
	stateOf: (round: number, place: number) => JobState | null,
): Attempts {
	const attempts = new Attempts();
	const furthest = new Furthest();
	for (const round of roundsIn(folder)) {
		for (const [place, { file, trials }] of jobsOf(folder, round).entries()) {
			const runs = trials.map((spec) => new TrialRun(spec, undefined, { resolve: (end) => attempts.add(spec, end), reject: () => {} }));
			const job = new TrialsJob(
				file,
				runs,
				{ kind: "trials", trials },
				() => {},
				() => {},
			);
			job.read();
			const state = stateOf(round, place);
			if (job.isDone || round < base || (state !== null && state.kind !== "ended")) continue;
			if (!job.saidItsLast) attempts.hasSilent = true;
			const { run, end } = job.ending(state, "Slurm", areScripts);
			if (run === null) continue;
			if (end.outcome === "unable") attempts.add(run.spec, end.error);
			else if (end.outcome !== "lost") attempts.add(run.spec, end);
			else {
				const progress = furthest.isFurther(trialKey(run.spec), run.step) && areScripts;
				attempts.add(run.spec, { ...end, ...(progress && { progress }) });
			}
		}
	}
	return attempts;
}

/** The trials that a round asked for. */
export const trialsOf = (folder: string, round: number): readonly TrialSpec[] => jobsOf(folder, round).flatMap(({ trials }) => trials);

/** The jobs of a round that train, by their places. */
function jobsOf(folder: string, round: number): readonly { readonly file: string; readonly trials: readonly TrialSpec[] }[] {
	const jobs = roundFolder(folder, round);
	const count = readdirSync(jobs).filter((name) => /^\d+\.json$/.test(name)).length;
	return Array.from({ length: count }, (_, place) => {
		const file = join(jobs, `${place}.json`);
		const { task } = JSON.parse(readFileSync(file, "utf8")) as JobFile;
		return { file, trials: task.kind === "trials" ? task.trials : [] };
	});
}
