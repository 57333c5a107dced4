/** A script may be silent for ten times as long as it has been before, and for ten minutes in any case. */
const times = 10;
export const leastSilenceMilliseconds = 600_000;

/**
 * Passes of the session's poll come every twentieth of a second. One that comes later than this found this process, or the machine,
 * stopped.
 */
const latestPassMilliseconds = 5000;

/** How long a script has said nothing: neither an event nor anything else. All times by `performance.now()`. */
export class Silence {
	#since: number;
	#longest = 0;
	#pass: number;

	constructor(
		now: number,
		private readonly least: number,
	) {
		this.#since = now;
		this.#pass = now;
	}

	/** It has said something, or has only now begun to run. */
	broken(now: number): void {
		this.#longest = Math.max(this.#longest, now - this.#since);
		this.#since = now;
	}

	/** To be called regularly: time in which it wasn't is none in which the script could be heard. */
	pass(now: number): void {
		if (now - this.#pass > latestPassMilliseconds) this.#since += now - this.#pass;
		this.#pass = now;
	}

	/** It was stopped soon after the last pass, and goes on only now. */
	goOn(now: number): void {
		this.#since += now - this.#pass;
		this.#pass = now;
	}

	/** What it may take at most, in seconds. */
	get limitSeconds(): number {
		return Math.max(this.least, times * this.#longest) / 1000;
	}

	isTooLong(now: number): boolean {
		return now - this.#since > 1000 * this.limitSeconds;
	}
}
