import { type TrialResult, trialKey } from "../../core/trial.js";
import type { Asked } from "../reason.js";

/**
 * A part of a design, written in the order of the protocol: it yields a round of trials, receives their results in the same order, and
 * continues. It must be deterministic: it is replayed from the start whenever the design is asked.
 */
export type Rounds<T> = Generator<readonly Asked[], T, readonly TrialResult[]>;

/**
 * Runs a part until every trial of a round runs out of memory, since all later ones would too. A single such trial may have been affected
 * by its neighbours.
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

/** How far a replay came. `rounds`: trials in each complete round; `round`: the incomplete one and its missing trials. */
export type Replay<T> =
	| { readonly done: true; readonly rounds: readonly number[]; readonly value: T }
	| {
			readonly done: false;
			readonly rounds: readonly number[];
			readonly round: readonly Asked[];
			readonly missing: readonly Asked[];
	  };

/** Results by `trialKey`, without cancelled trials. */
export type Results = ReadonlyMap<string, TrialResult>;

/** Runs a part on stored results, as far as they go. */
export class Replaying<T> {
	readonly #part: Rounds<T>;
	#step: IteratorResult<readonly Asked[], T>;
	/** Of the round that isn't complete. */
	#keys: readonly string[] = [];
	readonly #rounds: number[] = [];

	constructor(part: Rounds<T>) {
		this.#part = part;
		this.#step = this.#advance([]);
	}

	/** Goes on until a round lacks a result, or the part ends. `results` must hold those of every earlier call. An empty round doesn't count. */
	on(results: Results): Replay<T> {
		while (!this.#step.done) {
			const round = this.#step.value;
			const found = this.#keys.flatMap((key) => results.get(key) ?? []);
			if (found.length < round.length) {
				return { done: false, rounds: [...this.#rounds], round, missing: round.filter((_, i) => !results.has(this.#keys[i])) };
			}
			if (round.length > 0) this.#rounds.push(round.length);
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
