import { NumberList } from "../core/number-list.js";
import type { Axis, Curve } from "./run.js";

/** How a curve is kept: whole, or thinned if it decides nothing. */
export type Keeping = "whole" | "thinned";

/** How the curve of this name is kept. */
export type Keep = (name: string) => Keeping;

export const keepAll: Keep = () => "whole";

/** A thinned curve keeps all of its first points, then one point each time its position has grown by this ratio. */
const thinned = { points: 1000, ratio: 1.01 } as const;

/** The points of a curve as they arrive. They take 24 bytes each. */
class Growing {
	readonly #at = new NumberList();
	readonly #values = new NumberList();
	readonly #seconds = new NumberList();
	/** The highest value: of a rate, its peak. */
	#peak = Number.NEGATIVE_INFINITY;

	constructor(
		readonly axis: Axis,
		private readonly keeping: Keeping,
	) {}

	add(at: number, value: number, seconds: number): void {
		while (this.#at.length > 0 && this.#at.at(this.#at.length - 1) >= at) this.#drop();
		if (this.#isDispensable(value)) this.#drop();
		this.#at.push(at);
		this.#values.push(value);
		this.#seconds.push(seconds);
	}

	#drop(): void {
		for (const list of [this.#at, this.#values, this.#seconds]) list.drop();
	}

	/** Whether the last point may be dropped when another arrives: it is close to the one before, and not a peak. */
	#isDispensable(next: number): boolean {
		const last = this.#at.length - 1;
		const value = this.#values.at(last);
		const isPeak = value > next && value > this.#peak;
		if (isPeak) this.#peak = value;
		if (this.keeping === "whole" || last < thinned.points || isPeak) return false;
		return this.#at.at(last) < thinned.ratio * this.#at.at(last - 1) && Number.isFinite(value);
	}

	/** The curve, once. */
	done(): Curve {
		return { axis: this.axis, at: this.#at.take(), values: this.#values.take(), seconds: this.#seconds.take() };
	}
}

/**
 * The curves of a run while it is read, in the order in which it was logged. If a curve goes back, the run was restarted from a checkpoint:
 * points beyond it belong to an abandoned training, and are dropped. So each curve ascends, and of two values at one point the later one
 * is kept.
 */
export class Curves {
	readonly #curves = new Map<string, Growing>();

	constructor(private readonly keep: Keep) {}

	add(name: string, axis: Axis, at: number, value: number, seconds = Number.NaN): void {
		if (!Number.isFinite(at)) return;
		let curve = this.#curves.get(name);
		if (curve === undefined || curve.axis !== axis) {
			curve = new Growing(axis, this.keep(name));
			this.#curves.set(name, curve);
		}
		curve.add(at, value, seconds);
	}

	/** Appends what another file of the run has of a curve. */
	addAll(name: string, { at, values, seconds }: Curve, axis: Axis): void {
		for (let i = 0; i < at.length; i++) this.add(name, axis, at[i], values[i], seconds[i]);
	}

	get size(): number {
		return this.#curves.size;
	}

	done(): ReadonlyMap<string, Curve> {
		return new Map([...this.#curves].map(([name, curve]) => [name, curve.done()]));
	}
}
