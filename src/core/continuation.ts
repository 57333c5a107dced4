import { type Evaluation, type TrialSpec, trialRunKey } from "./trial.js";

/** Where a run was left, so that another trial of the same run can go on from there. */
export interface Continuation {
	/** Of the run: see `trialRunKey`. */
	readonly run: string;
	/** Steps taken, and the examples they used. */
	readonly step: number;
	readonly examples: number;
	/** The run's looks so far. */
	readonly evaluations: readonly Evaluation[];
	/** What trains it, as its machinery saved it: weights, the optimizer's memory, generators, the place in the epoch. */
	readonly saved: Uint8Array;
}

/** Bytes of saved runs that are kept; beyond that the one that waited longest is dropped, and begins anew if it is wanted after all. */
const mostBytes = 256 * 1024 * 1024;

/** The runs that may be continued, in this process's memory. */
export class Continuations {
	/** By run; the one that was kept first comes first. */
	readonly #kept = new Map<string, Continuation>();
	#bytes = 0;

	constructor(private readonly most = mostBytes) {}

	/** What this trial can go on from, which is then no longer kept; undefined where it begins anew. */
	take(trial: TrialSpec): Continuation | undefined {
		const kept = this.#kept.get(trialRunKey(trial));
		if (!kept || kept.step > trial.cap) return undefined;
		this.#drop(kept);
		return kept;
	}

	/** The same, which stays. */
	find(trial: TrialSpec): Continuation | undefined {
		const kept = this.take(trial);
		if (kept) this.keep(kept);
		return kept;
	}

	keep(continuation: Continuation): void {
		const before = this.#kept.get(continuation.run);
		if (before) this.#drop(before);
		this.#kept.set(continuation.run, continuation);
		this.#bytes += continuation.saved.length;
		for (const oldest of this.#kept.values()) {
			if (this.#bytes <= this.most) return;
			this.#drop(oldest);
		}
	}

	#drop(kept: Continuation): void {
		this.#kept.delete(kept.run);
		this.#bytes -= kept.saved.length;
	}
}
