import type { StepClock } from "../../core/trial.js";

/** Where a run was at a time, by one clock. */
interface Mark {
	readonly step: number;
	readonly seconds: number;
}

/**
 * The stretch of a run between the first step that was reported and the last, but for pauses. This clock doesn't resolve times shorter than
 * its grain.
 */
export class Stretch {
	/** Of the piece since the last pause. */
	#first: Mark | null = null;
	#last: Mark | null = null;
	/** What the pieces before it took. */
	#steps = 0;
	#seconds = 0;

	constructor(private readonly grainSeconds: number) {}

	/** A step that was reported before counts as it was reported first. */
	mark(step: number, seconds: number): void {
		if (step <= (this.#last?.step ?? 0)) return;
		this.#last = { step, seconds };
		this.#first ??= this.#last;
	}

	/**
	 * The run stands still between the last mark and the next. What lies between these two isn't counted: whether a script's own clock goes
	 * on in a pause is not known; nor is a piece within the grain.
	 */
	pause(): void {
		const { steps, seconds } = this.#between();
		const isTimed = seconds - this.#seconds >= this.grainSeconds;
		if (isTimed) [this.#steps, this.#seconds] = [steps, seconds];
		this.#first = null;
	}

	/**
	 * What its steps took. Counted from the clock's `zero` where there is only one mark, or the time between them is within the grain.
	 * Null where there is none, no time went by, or the zero isn't known (null).
	 */
	clock(zero: number | null): StepClock | null {
		const last = this.#last;
		if (last === null) return null;
		const between = this.#between();
		if (between.steps > 0 && between.seconds > 0 && between.seconds >= this.grainSeconds) return { ...between, startUp: false };
		return zero !== null && last.seconds > zero ? { steps: last.step, seconds: last.seconds - zero, startUp: true } : null;
	}

	#between(): { readonly steps: number; readonly seconds: number } {
		const [first, last] = [this.#first, this.#last];
		const isOpen = first !== null && last !== null;
		return {
			steps: this.#steps + (isOpen ? last.step - first.step : 0),
			seconds: this.#seconds + (isOpen ? last.seconds - first.seconds : 0),
		};
	}
}
