import type { HeldOutCurves } from "../lab/overfit/cell.js";

/** A score on the held-out set that a choice was made on, and of the same choice on the other one. */
export interface Scored {
	readonly own: number;
	readonly other: number;
}

/**
 * The accuracies of something chosen by their highest, the first of equals, on one set, and scored on both; then with the sets exchanged.
 * Means of the two.
 */
export function choose(first: readonly number[], second: readonly number[]): Scored {
	const a = first.indexOf(Math.max(...first));
	const b = second.indexOf(Math.max(...second));
	return { own: (first[a] + second[b]) / 2, other: (second[a] + first[b]) / 2 };
}

/** Chosen among the epochs of one run. */
export const chooseEpoch = ({ validationAccuracy, testAccuracy }: HeldOutCurves): Scored => choose(validationAccuracy, testAccuracy);

/** Chosen among batch sizes by where their runs end: one run of each. */
export const chooseBatchSize = (runs: readonly HeldOutCurves[]): Scored =>
	choose(
		runs.map(({ validationAccuracy }) => validationAccuracy[validationAccuracy.length - 1]),
		runs.map(({ testAccuracy }) => testAccuracy[testAccuracy.length - 1]),
	);

/** Chosen among all epochs at all batch sizes. */
export const chooseBoth = (runs: readonly HeldOutCurves[]): Scored =>
	choose(
		runs.flatMap(({ validationAccuracy }) => validationAccuracy),
		runs.flatMap(({ testAccuracy }) => testAccuracy),
	);
