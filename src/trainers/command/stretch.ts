import type { StepClock } from "../../core/trial.js";

/** Where a run was at a time, by one clock. */
interface Mark {
	readonly step: number;
	readonly seconds: number;
}

/** The stretch of a run between the first step that was reported and the last. This clock doesn't resolve times shorter than its grain. */
export class Stretch {
	#first: Mark | null = null;
	#last: Mark | null = null;

	constructor(private readonly grainSeconds: number) {}

	/** A step that was reported before counts as it was reported first. */
	mark(step: number, seconds: number): void {
		if (step <= (this.#last?.step ?? 0)) return;
		this.#last = { step, seconds };
		this.#first ??= this.#last;
	}

	/**
	 * What its steps took. Counted from the clock's `zero` where there is only one mark, or the time between them is within the grain.
	 * Null where there is none, or no time went by.
	 */
	clock(zero: number): StepClock | null {
		const [first, last] = [this.#first, this.#last];
		if (first === null || last === null) return null;
		const between = { steps: last.step - first.step, seconds: last.seconds - first.seconds, startUp: false };
		if (between.steps > 0 && between.seconds > 0 && between.seconds >= this.grainSeconds) return between;
		return last.seconds > zero ? { steps: last.step, seconds: last.seconds - zero, startUp: true } : null;
	}
}
