import type { ReportedPlace } from "../protocol.js";
import type { Written } from "./reader.js";

/** So many wait at most for the goal's metric. */
const mostWaiting = 1000;

/**
 * Brings what several files say into the order of steps. Each is written through a buffer of its own, so that losses of training may be
 * there long before the look that belongs between them. So they wait until the goal's metric has come as far. Where one file has all,
 * nothing waits.
 */
export class Sequence {
	#waiting: Written[] = [];
	/** The step up to which the goal's metric has come, and that of the event that was passed on last. */
	#goalAt = Number.NEGATIVE_INFINITY;
	#lastAt = Number.NEGATIVE_INFINITY;

	/** `mayBeSeveral`: as long as there is one file, and the goal's metric isn't in it yet, others may come. */
	constructor(
		private readonly goalMetric: string,
		private readonly mayBeSeveral: boolean,
		private readonly stepOf: (place: ReportedPlace) => number,
		private readonly onWritten: (written: Written) => void,
	) {}

	add(written: Written): void {
		this.#waiting.push(written);
		const { event } = written;
		if (!("wrong" in event) && this.goalMetric in event.metrics) this.#goalAt = Math.max(this.#goalAt, this.stepOf(event.place));
	}

	/** All that waits, which is passed on to no one else. */
	taken(): readonly Written[] {
		return this.#waiting.splice(0);
	}

	/** What an earlier attempt wrote says nothing of how far this one is. */
	anew(): void {
		this.#goalAt = Number.NEGATIVE_INFINITY;
	}

	/** Passes on what needn't wait. */
	passOn(files: number): void {
		const isAlone = files <= 1 && (!this.mayBeSeveral || this.#goalAt > Number.NEGATIVE_INFINITY);
		if (isAlone) this.#passOn(this.taken());
		else this.#passOnSorted(this.#waiting.length > mostWaiting ? Number.POSITIVE_INFINITY : this.#goalAt);
	}

	passOnAll(): void {
		this.#passOnSorted(Number.POSITIVE_INFINITY);
	}

	/** What lies behind the last is of no use any more, but for the goal's metric: that order is an error of the script's. */
	#passOnSorted(upTo: number): void {
		const ready = this.#waiting.filter((written) => !(this.#stepAt(written) > upTo));
		this.#waiting = this.#waiting.filter((written) => this.#stepAt(written) > upTo);
		const isOfUse = (written: Written) => !(this.#stepAt(written) < this.#lastAt) || this.#hasGoal(written);
		this.#passOn(ready.filter(isOfUse).sort((a, b) => this.#stepAt(a) - this.#stepAt(b)));
	}

	#passOn(list: readonly Written[]): void {
		for (const written of list) {
			const at = this.#stepAt(written);
			if (Number.isFinite(at)) this.#lastAt = at;
			this.onWritten(written);
		}
	}

	#hasGoal({ event }: Written): boolean {
		return !("wrong" in event) && this.goalMetric in event.metrics;
	}

	/** What is wrong comes first. */
	#stepAt({ event }: Written): number {
		return "wrong" in event ? Number.NEGATIVE_INFINITY : this.stepOf(event.place);
	}
}
