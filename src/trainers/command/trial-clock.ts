/** The seconds that a trial takes. The time that its script waits to be started, as in a cluster's queue, doesn't count. */
export class TrialClock {
	#milliseconds = 0;
	/** Since when it has been running, by `performance.now()`; null while it waits. */
	#since: number | null = performance.now();

	get seconds(): number {
		return (this.#milliseconds + (this.#since === null ? 0 : performance.now() - this.#since)) / 1000;
	}

	wait(): void {
		this.#milliseconds = 1000 * this.seconds;
		this.#since = null;
	}

	goOn(): void {
		this.#since ??= performance.now();
	}
}
