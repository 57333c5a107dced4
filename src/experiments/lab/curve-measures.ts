import { mean } from "../../core/mean.js";
import type { Curves } from "./curves.js";

/** What "fast" means: the held-out accuracy reached this, and stayed there for three looks. */
export const goal = 0.8;

/** The look from which the held-out accuracy is at the goal three times in a row; null where that never happens. */
export function reachedAt({ validationAccuracy }: Curves): number | null {
	for (let i = 1; i + 2 < validationAccuracy.length; i++)
		if (validationAccuracy.slice(i, i + 3).every((accuracy) => accuracy >= goal)) return i;
	return null;
}

/** Standard deviation of the held-out accuracy over the last quarter of a run. */
export function wandering({ validationAccuracy }: Curves): number {
	const late = validationAccuracy.slice(-Math.max(2, Math.floor(validationAccuracy.length / 4)));
	const centre = mean(late);
	return Math.sqrt(late.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (late.length - 1));
}

/**
 * The look at which patience ends a run: the first at which the loss hasn't gone below its least for `patience` looks; the last, if that
 * never happens. `best`: the look with the least loss so far, whose weights one would keep.
 */
export function stoppedAt(loss: readonly number[], patience: number): { readonly at: number; readonly best: number } {
	let best = 0;
	for (let i = 1; i < loss.length; i++) {
		if (loss[i] < loss[best]) best = i;
		else if (i - best >= patience) return { at: i, best };
	}
	return { at: loss.length - 1, best };
}
