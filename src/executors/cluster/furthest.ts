/** A trial has made progress if it gets further than every earlier attempt by at least this factor. */
const leastGain = 1.1;

/** How far each trial's attempts have come. */
export class Furthest {
	readonly #steps = new Map<string, number>();

	/** Whether an attempt that ended at this step has come clearly further than those before; it counts from now on. */
	isFurther(trial: string, step: number): boolean {
		const before = this.#steps.get(trial) ?? 0;
		this.#steps.set(trial, Math.max(before, step));
		return step > leastGain * before;
	}
}
