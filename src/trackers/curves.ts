import type { Axis, Curve } from "./run.js";

interface Growing extends Curve {
	readonly at: number[];
	readonly values: number[];
	readonly seconds: number[];
}

/**
 * The curves of a run while it is read, in the order in which it was logged. Where a curve goes back, the run was begun again from a
 * checkpoint: what it had beyond that point belongs to a training that was given up, and goes. So each curve ascends, and of two values
 * at one point the later stays.
 */
export class Curves {
	readonly #curves = new Map<string, Growing>();

	add(name: string, axis: Axis, at: number, value: number, seconds = Number.NaN): void {
		if (!Number.isFinite(at)) return;
		let curve = this.#curves.get(name);
		if (curve === undefined || curve.axis !== axis) {
			curve = { axis, at: [], values: [], seconds: [] };
			this.#curves.set(name, curve);
		}
		while (curve.at.length > 0 && curve.at[curve.at.length - 1] >= at) {
			curve.at.pop();
			curve.values.pop();
			curve.seconds.pop();
		}
		curve.at.push(at);
		curve.values.push(value);
		curve.seconds.push(seconds);
	}

	get size(): number {
		return this.#curves.size;
	}

	done(): ReadonlyMap<string, Curve> {
		return this.#curves;
	}
}
