import type { ImportedLook } from "./runs.js";

/** The first so many lines of a run are kept, then those without the goal's metric only once in each hundredth of the way. */
const thinned = { looks: 1000, ratio: 1.01 } as const;

/**
 * The lines of one run as they arrive. Lines that have the goal's metric, or diverged, are all kept. The others decide nothing: of them
 * what is beyond the first 1,000 is thinned, the last one is kept. Where steps go back nothing is dropped.
 */
export class ThinnedLooks {
	readonly #kept: ImportedLook[] = [];
	/** The last line, where it is dropped as soon as another one follows it. */
	#waiting: ImportedLook | null = null;

	constructor(private readonly goalMetric: string) {}

	get length(): number {
		return this.#kept.length;
	}

	get all(): readonly ImportedLook[] {
		return this.#waiting ? [...this.#kept, this.#waiting] : this.#kept;
	}

	add(look: ImportedLook): void {
		const waiting = this.#waiting;
		// One that others go back behind, or that ends a stretch, is kept.
		if (waiting && look.step < waiting.step) this.#kept.push(waiting);
		this.#waiting = null;
		const { step } = this.#kept[this.#kept.length - 1] ?? look;
		const isDispensable = look.metrics[this.goalMetric] === undefined && !look.diverged;
		if (isDispensable && this.#kept.length >= thinned.looks && look.step > step && look.step < thinned.ratio * step) this.#waiting = look;
		else this.#kept.push(look);
	}
}
