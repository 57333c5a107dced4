import { NumberList } from "../../core/number-list.js";
import type { ImportedLook } from "./look.js";

/** The first so many lines of a run are kept, then those without the goal's metric only once in each hundredth of the way. */
const thinned = { looks: 1000, ratio: 1.01 } as const;

/** Columns before those of the metrics. */
const fixed = ["line", "step", "examples", "seconds", "diverged"] as const;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/**
 * The lines of one run as they arrive. Lines that have the goal's metric, or diverged, are all kept. The others decide nothing: of them
 * what is beyond the first 1,000 is thinned, the last one is kept. Where steps go back nothing is dropped. A line takes 8 bytes for each
 * column that has numbers there.
 */
export class ThinnedLooks {
	/** By column, NaN where there is no number. */
	readonly #columns: readonly NumberList[];
	/** The last line, where it is dropped as soon as another one follows it. */
	#waiting: ImportedLook | null = null;

	/** `metrics`: all that lines may have. */
	constructor(
		private readonly metrics: readonly string[],
		private readonly goalMetric: string,
	) {
		this.#columns = Array.from({ length: fixed.length + metrics.length }, () => new NumberList());
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
		const step = this.#length > 0 ? this.#columns[1].at(this.#length - 1) : 0;
		const isDispensable = look.metrics[this.goalMetric] === undefined && !look.diverged;
		if (isDispensable && this.#length >= thinned.looks && look.step > step && look.step < thinned.ratio * step) this.#waiting = look;
		else this.#keep(look);
	}

	#keep({ line, step, examples, seconds, diverged, metrics }: ImportedLook): void {
		const numbers = [line, step, examples, seconds, diverged ? 1 : null, ...this.metrics.map((name) => metrics[name])];
		for (const [i, column] of this.#columns.entries()) column.push(numbers[i] ?? Number.NaN);
	}

	get #length(): number {
		return this.#columns[0].length;
	}

	#look(at: number): ImportedLook {
		const [line, step, examples, seconds, diverged] = fixed.map((_, i) => this.#columns[i].at(at));
		const metrics: Record<string, number> = {};
		for (const [i, name] of this.metrics.entries()) {
			const value = this.#columns[fixed.length + i].at(at);
			if (!Number.isNaN(value)) metrics[name] = value;
		}
		return { line, step, examples: orNull(examples), seconds: orNull(seconds), metrics, diverged: diverged === 1 };
	}
}
