import { type FinishedTrial, type TrialResult, type TrialSpec, trialKey } from "../../core/trial.js";

/**
 * A part of a design, written as it reads in the protocol: it yields a round of trials, is given their results in the same order, and goes on.
 * It must be deterministic: it is replayed from the start whenever the design is asked.
 */
export type Rounds<T> = Generator<readonly TrialSpec[], T, readonly TrialResult[]>;

/** How far a replay came. `rounds`: trials in each round that is complete; `round`: the one that isn't, and which of its trials are missing. */
export type Replay<T> =
	| { readonly done: true; readonly rounds: readonly number[]; readonly value: T }
	| {
			readonly done: false;
			readonly rounds: readonly number[];
			readonly round: readonly TrialSpec[];
			readonly missing: readonly TrialSpec[];
	  };

/** Results by `trialKey`. Cancelled trials are as if they had never been. */
export type Results = ReadonlyMap<string, TrialResult>;

export const resultsOf = (finished: readonly FinishedTrial[]): Results =>
	new Map(finished.filter(({ result }) => result.outcome !== "cancelled").map(({ spec, result }) => [trialKey(spec), result]));

/** Runs `part` from its start on stored results, until a round lacks one or the part ends. A round without trials is no round. */
export function replay<T>(part: Rounds<T>, results: Results): Replay<T> {
	const rounds: number[] = [];
	let step = part.next([]);
	while (!step.done) {
		const round = step.value;
		const found = round.flatMap((spec) => results.get(trialKey(spec)) ?? []);
		if (found.length < round.length) {
			return { done: false, rounds, round, missing: round.filter((spec) => !results.has(trialKey(spec))) };
		}
		if (round.length > 0) rounds.push(round.length);
		step = part.next(found);
	}
	return { done: true, rounds, value: step.value };
}
