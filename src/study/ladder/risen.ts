import type { Arm } from "./arm.js";
import { topOf } from "./curve.js";
import { shape } from "./shape.js";

/**
 * Whether a run has come closer to the goal, which is this high, than runs begin. Some metrics fall first: a classifier of a rare class
 * begins by finding none, and its F1 is 0 for a while. Until one has risen again, the runs that look best are those that have learned least.
 */
export function haveRisen(arms: readonly Pick<Arm, "curve">[], goal: number): boolean {
	const begins = Math.max(...arms.map(({ curve }) => curve.records[0]?.height ?? Number.NEGATIVE_INFINITY));
	const enough = begins + shape.risen * Math.max(0, goal - begins);
	return arms.some(({ curve }) => topOf(curve) > enough);
}
