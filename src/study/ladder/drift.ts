import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import type { Arm } from "./arm.js";
import { stepsTo, timesTo, topOf } from "./curve.js";
import { type Expected, shape } from "./shape.js";

/** What arms are judged by. */
export interface Judge {
	/** What a step costs, by batch size. */
	readonly price: (batchSize: number) => number;
	/** The height of the goal. */
	readonly goal: number;
	/** Half octaves by which the best rate rises with every doubling of the batch size. */
	readonly slope: number;
	readonly expected: Expected;
}

/** Where an arm is, or could be. */
export type Place = Pick<Arm, "batchSize" | "rate">;

/**
 * Where a setting lies: doublings of the batch size from a setting of reference, and octaves of the rate beyond those that the size
 * explains.
 */
export interface Point {
	readonly size: number;
	readonly rate: number;
}

/** Where a setting lies, seen from another one. */
export function apart(from: Place, to: Place, { slope }: Pick<Judge, "slope">): Point {
	const size = (log(to.batchSize) - log(from.batchSize)) * Math.LOG2E;
	return { size, rate: (to.rate - from.rate - slope * size) / 2 };
}

/**
 * The rate at another batch size that a setting suggests. What lies between two half octaves is rounded up: where the best rate rises by
 * 1.5 of them for twice the batch, it is two higher at twice the batch and one lower at half of it, whatever the size.
 */
export function rateAtSize(from: Place, batchSize: number, { slope }: Pick<Judge, "slope">): HalfOctave {
	const doublings = (log(batchSize) - log(from.batchSize)) * Math.LOG2E;
	return from.rate + Math.round(slope * doublings + inexact);
}

/** More than the error of a logarithm, and less than matters. */
const inexact = 1e-9;

/** A standing moves by no more than this, in natural log: the bowl below holds near the best setting. */
const mostDrift = 0.5;

/**
 * By how much an arm's cost, as a multiple of the leader's, changes from where the two are compared to the goal; in natural log.
 *
 * The best setting moves on the way. Let costs bend by `bend` around their least, in natural log per squared distance, and let the least
 * move by d. Then the cost at a distance x changes by bend·((x − d)² − x²), the leader's, at 0, by bend·d², and the one over the other by
 * −2·bend·d·x. The least moves
 *
 * - to larger batches, by `sizeDrift` doublings for every factor of two in steps that is left: at its start most of the gradient is signal;
 * - to higher rates, by `rateDrift` octaves for each of those; to lower ones where it is negative, as the gradient's noise begins to matter;
 * - to higher rates, by `lossDrift` octaves for every factor of e by which the loss has to fall, where steps shrink with the gradient.
 */
export function driftOf(lead: Arm, arm: Arm, { expected, goal, slope }: Judge): number {
	const { bend, rateDrift, lossDrift } = expected;
	const top = topOf(lead.curve);
	const height = Math.min(top, topOf(arm.curve));
	const further = (stepsTo(lead.curve, top) ?? 1) / (stepsTo(lead.curve, height) ?? 1);
	const doublings = log(Math.min(shape.driftOver, timesTo(lead.curve, goal) * further)) * Math.LOG2E;
	const lossLeft = Number.isFinite(height) ? Math.max(0, goal - height) : 0;
	const { size, rate } = apart(lead, arm, { slope });
	const byRate = bend.rate * (rateDrift * doublings + lossDrift * lossLeft) * rate;
	const bySize = bend.size * shape.sizeDrift * doublings * size;
	return Math.max(-mostDrift, Math.min(mostDrift, -2 * (byRate + bySize)));
}
