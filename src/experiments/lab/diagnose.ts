import { margins } from "../claims/margins.js";

/** What a pair of learning curves says of the fit. */
export const fits = ["under-fitted", "well-fitted", "over-fitted"] as const;
export type Fit = (typeof fits)[number];

/** Of one run, look by look. */
interface Losses {
	readonly trainLoss: readonly number[];
	readonly validationLoss: readonly number[];
	readonly diverged: boolean;
}

/**
 * A run is over-fitted when its held-out loss has risen by more than this from its least (`riseOf`): fixed before any curve was looked at.
 */
export const overfitted = margins.regularization.rise;

/**
 * Thresholds, fixed before any curve was looked at, all relative to the loss of the untrained network (log of the number of classes for a
 * classifier), so that they mean the same on every problem.
 */
const rule = {
	/** Under-fitted while the training loss still falls by more than this over the last quarter … */
	stillFalling: 0.02,
	/** … or has stayed above this share of where it began. */
	hardlyMoved: 0.8,
} as const;

/**
 * Whether a run is under-, well- or over-fitted, by its losses look by look at equal distances. A loss at a look is noisy, so each is taken
 * as the median of five looks around it. Over-fitting is asked for first: a training loss that still falls while the held-out loss rises is
 * over-fitting, not too little training.
 */
export function diagnose(trainLoss: readonly number[], heldOutLoss: readonly number[]): Fit {
	const train = smoothed(trainLoss);
	const [start] = trainLoss;
	const last = train.length - 1;
	if (riseOf(heldOutLoss, start) > overfitted) return "over-fitted";
	const falling = train[Math.floor(0.75 * last)] - train[last];
	return falling > rule.stillFalling * start || train[last] > rule.hardlyMoved * start ? "under-fitted" : "well-fitted";
}

/** What the smoothed held-out loss ends above its least, in parts of `start`, the loss of the untrained network. */
export function riseOf(heldOutLoss: readonly number[], start: number): number {
	const heldOut = smoothed(heldOutLoss);
	return (heldOut[heldOut.length - 1] - Math.min(...heldOut)) / start;
}

/** Running medians of five, of fewer at the ends. */
function smoothed(values: readonly number[]): readonly number[] {
	return values.map((_, i) => {
		const near = values.slice(Math.max(0, i - 2), i + 3).sort((a, b) => a - b);
		return near[Math.floor((near.length - 1) / 2)];
	});
}

/** How many runs are of each kind; those that diverged are of none. */
export function countFits(runs: readonly Losses[]): Readonly<Record<Fit, number>> {
	const counts: Record<Fit, number> = { "under-fitted": 0, "well-fitted": 0, "over-fitted": 0 };
	for (const { trainLoss, validationLoss, diverged } of runs) if (!diverged) counts[diagnose(trainLoss, validationLoss)]++;
	return counts;
}
