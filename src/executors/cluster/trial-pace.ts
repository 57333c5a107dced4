/** While it isn't known how long trials take, only as many as may run at once are handed over, and the rest when the first has ended, or has run for so long. */
const scoutingMilliseconds = 20_000;

/** Results that count, the last ones. */
const remembered = 50;

/** How long trials take, as far as it shows. */
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

	/** Whether nothing shows yet: neither a result nor the time for which the first has run. */
	get isUnknown(): boolean {
		return this.#seconds.length === 0 && (this.#begunAt === null || performance.now() < this.#begunAt + scoutingMilliseconds);
	}
}
