import { internal } from "../../core/errors.js";
import type { FinishedTrial, TrialResult, TrialSpec } from "../../core/trial.js";
import type { Trainer } from "../../study/contracts.js";
import type { Rounds } from "../../study/search/rounds.js";

/** What a part of a design gave, and its trials in the order in which it asked for them. */
export interface Played<T> {
	readonly value: T;
	readonly trials: readonly FinishedTrial[];
}

/** Plays a part of a design to its end, one trial after the other: a task of an experiment has one thread. */
export async function play<T>(part: Rounds<T>, train: (spec: TrialSpec) => Promise<TrialResult>): Promise<Played<T>> {
	const trials: FinishedTrial[] = [];
	let step = part.next([]);
	while (!step.done) {
		const results: TrialResult[] = [];
		for (const { spec } of step.value) {
			const result = await train(spec);
			results.push(result);
			trials.push({ spec, result });
		}
		step = part.next(results);
	}
	return { value: step.value, trials };
}

const never = { stopped: false };

/** Trains one trial to its end. Its seconds are 0: an experiment's results hold no time but that of its timed tasks. */
export async function trained(trainer: Pick<Trainer, "train">, spec: TrialSpec): Promise<TrialResult> {
	for await (const { result } of trainer.train(spec, never)) if (result) return { ...result, seconds: 0 };
	throw internal("the trainer ended without a result");
}
