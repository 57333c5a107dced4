/**
 * While the duration of trials is unknown, only as many as may run at once are handed over; the rest once the first has ended or has run
 * this long.
 */
const scoutingMilliseconds = 20_000;

/** Number of recent results that count. */
const remembered = 50;

/** The duration of trials, as far as it is known. */
export class TrialPace {
	readonly #seconds: number[] = [];
	#begunAt: number | null = null;

	/** A trial runs. */
	begun(): void {
		this.#begunAt ??= performance.now();
	}

	took(seconds: number): void {
		this.#seconds.push(seconds);
		if (this.#seconds.length > remembered) this.#seconds.shift();
	}

	/** Seconds, on average; null where no trial has ended. */
	get mean(): number | null {
		return this.#seconds.length === 0 ? null : this.#seconds.reduce((sum, seconds) => sum + seconds, 0) / this.#seconds.length;
	}

	/** Whether the duration is still unknown: there is no result, and the first trial hasn't run for long. */
	get isUnknown(): boolean {
		return this.#seconds.length === 0 && (this.#begunAt === null || performance.now() < this.#begunAt + scoutingMilliseconds);
	}
}
