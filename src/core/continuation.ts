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
	/**
	 * Of a trunk, which several trainings of different planned lengths begin with: the shortest of them, in steps. Absent where a single
	 * trial goes on from here, any with a higher cap.
	 */
	readonly leastCap?: number;
}

/**
 * Bytes of saved runs that are kept. Beyond that, places on a trunk go that have a later one, and then what has waited longest: it begins anew
 * if it is wanted after all.
 */
const mostBytes = 256 * 1024 * 1024;

/** What a look takes in memory, about. */
const bytesOfLook = 200;

/** The runs that may be continued, in this process's memory. */
export class Continuations {
	/** By run, and place on a trunk; the one that was kept first comes first. */
	readonly #kept = new Map<string, Continuation>();
	#bytes = 0;

	constructor(private readonly most = mostBytes) {}

	/** The furthest that this trial can go on from, undefined where it begins anew. No longer kept, unless others may need it as well. */
	take(trial: TrialSpec): Continuation | undefined {
		const kept = this.find(trial);
		if (kept && kept.leastCap === undefined) this.#drop(kept);
		return kept;
	}

	/** The same, which stays. */
	find(trial: TrialSpec): Continuation | undefined {
		const run = trialRunKey(trial);
		let furthest: Continuation | undefined;
		for (const kept of this.#kept.values()) {
			if (kept.run !== run || (kept.leastCap ?? kept.step) > trial.cap) continue;
			if (!furthest || kept.step > furthest.step) furthest = kept;
		}
		return furthest;
	}

	keep(continuation: Continuation): void {
		const before = this.#kept.get(keyOf(continuation));
		if (before) this.#drop(before);
		this.#kept.set(keyOf(continuation), continuation);
		this.#bytes += bytesOf(continuation);
		if (this.#bytes > this.most) this.#makeRoom();
	}

	#makeRoom(): void {
		const furthest = new Map<string, number>();
		for (const { run, step } of this.#kept.values()) furthest.set(run, Math.max(step, furthest.get(run) ?? 0));
		const all = [...this.#kept.values()];
		const isPassed = ({ run, step }: Continuation): boolean => step < (furthest.get(run) ?? 0);
		for (const one of [...all.filter(isPassed), ...all.filter((one) => !isPassed(one))]) {
			if (this.#bytes <= this.most) return;
			this.#drop(one);
		}
	}

	#drop(kept: Continuation): void {
		this.#kept.delete(keyOf(kept));
		this.#bytes -= bytesOf(kept);
	}
}

const keyOf = ({ run, step, leastCap }: Continuation): string => (leastCap === undefined ? run : `${run}@${step}`);

const bytesOf = ({ saved, evaluations }: Continuation): number => saved.length + bytesOfLook * evaluations.length;
