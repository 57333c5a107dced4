import { type TrialResult, trialKey } from "../../core/trial.js";
import type { Asked } from "../reason.js";

/**
 * A part of a design, written as it reads in the protocol: it yields a round of trials, is given their results in the same order, and goes
 * on. It must be deterministic: it is replayed from the start whenever the design is asked.
 */
export type Rounds<T> = Generator<readonly Asked[], T, readonly TrialResult[]>;

/**
 * Goes on with a part until every trial of one of its rounds runs out of memory: all that come after would as well. One such trial may
 * have had bad luck with its neighbours.
 */
export function* whileItFits<T>(part: Rounds<T>): Rounds<T | "out of memory"> {
	let step = part.next([]);
	while (!step.done) {
		const results = yield step.value;
		if (results.length > 0 && results.every(({ outcome }) => outcome === "out of memory")) return "out of memory";
		step = part.next(results);
	}
	return step.value;
}

/**
 * How far a replay came. `rounds`: trials in each round that is complete; `round`: the one that isn't, and which of its trials are missing;
 * none where it goes beyond the budget.
 */
export type Replay<T> =
	| { readonly done: true; readonly rounds: readonly number[]; readonly value: T }
	| {
			readonly done: false;
			readonly rounds: readonly number[];
			readonly round: readonly Asked[];
			readonly missing: readonly Asked[];
	  };

/** Results by `trialKey`. Cancelled trials are as if they had never been. */
export type Results = ReadonlyMap<string, TrialResult>;

/** Runs a part on stored results, as far as they carry it. */
export class Replaying<T> {
	readonly #part: Rounds<T>;
	#step: IteratorResult<readonly Asked[], T>;
	/** Of the round that isn't complete. */
	#keys: readonly string[] = [];
	readonly #rounds: number[] = [];
	/** Trials in complete rounds. */
	#spent = 0;

	constructor(part: Rounds<T>) {
		this.#part = part;
		this.#step = this.#advance([]);
	}

	/**
	 * Goes on until a round lacks a result, or goes beyond a budget in trials, or the part ends. `results` must hold those of
	 * every earlier call, and the budget be no smaller. A round without trials is no round. Beyond the budget even a round that has its
	 * results is not gone through: they were run for another reason.
	 */
	on(results: Results, budget = Number.POSITIVE_INFINITY): Replay<T> {
		while (!this.#step.done) {
			const round = this.#step.value;
			const found = this.#keys.flatMap((key) => results.get(key) ?? []);
			if (this.#spent + round.length > budget) return { done: false, rounds: [...this.#rounds], round, missing: [] };
			if (found.length < round.length) {
				return { done: false, rounds: [...this.#rounds], round, missing: round.filter((_, i) => !results.has(this.#keys[i])) };
			}
			if (round.length > 0) this.#rounds.push(round.length);
			this.#spent += round.length;
			this.#step = this.#advance(found);
		}
		return { done: true, rounds: [...this.#rounds], value: this.#step.value };
	}

	#advance(results: readonly TrialResult[]): IteratorResult<readonly Asked[], T> {
		const step = this.#part.next(results);
		this.#keys = step.done ? [] : step.value.map(({ spec }) => trialKey(spec));
		return step;
	}
}
