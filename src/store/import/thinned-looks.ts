import type { ImportedLook } from "./look.js";

/** The first so many lines of a run are kept, then those without the goal's metric only once in each hundredth of the way. */
const thinned = { looks: 1000, ratio: 1.01 } as const;

/** Numbers of a line before those of its metrics: line, step, examples, seconds, diverged. */
const fixed = 5;

/** Room for so many lines at first. */
const leastRoom = 8;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/**
 * The lines of one run as they arrive. Lines that have the goal's metric, or diverged, are all kept. The others decide nothing: of them
 * what is beyond the first 1,000 is thinned, the last one is kept. Where steps go back nothing is dropped. A line takes 8 bytes for each of
 * its metrics and 40 more.
 */
export class ThinnedLooks {
	#numbers: Float64Array;
	#length = 0;
	/** The last line, where it is dropped as soon as another one follows it. */
	#waiting: ImportedLook | null = null;

	/** `metrics`: all that lines may have. */
	constructor(
		private readonly metrics: readonly string[],
		private readonly goalMetric: string,
	) {
		this.#numbers = new Float64Array(leastRoom * this.#width);
	}

	/** In the order in which they came; made on every access. */
	get all(): readonly ImportedLook[] {
		const kept = Array.from({ length: this.#length }, (_, at) => this.#look(at));
		return this.#waiting ? [...kept, this.#waiting] : kept;
	}

	add(look: ImportedLook): void {
		const waiting = this.#waiting;
		if (waiting && look.step < waiting.step) this.#keep(waiting); // the end of a stretch
		this.#waiting = null;
		const step = this.#length > 0 ? this.#numbers[(this.#length - 1) * this.#width + 1] : 0;
		const isDispensable = look.metrics[this.goalMetric] === undefined && !look.diverged;
		if (isDispensable && this.#length >= thinned.looks && look.step > step && look.step < thinned.ratio * step) this.#waiting = look;
		else this.#keep(look);
	}

	get #width(): number {
		return fixed + this.metrics.length;
	}

	#keep({ line, step, examples, seconds, diverged, metrics }: ImportedLook): void {
		const at = this.#length * this.#width;
		if (at === this.#numbers.length) {
			const larger = new Float64Array(Math.ceil(1.25 * this.#length) * this.#width);
			larger.set(this.#numbers);
			this.#numbers = larger;
		}
		this.#numbers.set([line, step, examples ?? Number.NaN, seconds ?? Number.NaN, diverged ? 1 : 0], at);
		for (const [i, name] of this.metrics.entries()) this.#numbers[at + fixed + i] = metrics[name] ?? Number.NaN;
		this.#length++;
	}

	#look(index: number): ImportedLook {
		const at = index * this.#width;
		const [line, step, examples, seconds, diverged] = this.#numbers.subarray(at, at + fixed);
		const metrics: Record<string, number> = {};
		for (const [i, name] of this.metrics.entries()) {
			const value = this.#numbers[at + fixed + i];
			if (!Number.isNaN(value)) metrics[name] = value;
		}
		return { line, step, examples: orNull(examples), seconds: orNull(seconds), metrics, diverged: diverged === 1 };
	}
}
