import { gradientMoments } from "../../analysis/noise-scale.js";
import { momentsOfTwo } from "../../analysis/two-norms.js";
import { log } from "../../core/numerics.js";
import type { TrialResult } from "../../core/trial.js";
import { upperMiddle } from "../../core/upper-middle.js";
import { nearestTo } from "../nearest-size.js";
import type { Study } from "../study.js";

/**
 * The ratio between neighbouring batch sizes, going outwards from the first: within a factor of 4 of the best size, time × examples is
 * within 25 % of the minimum.
 */
export const apart = 4;

/**
 * The gradient noise scale B_simple = tr(Σ)/|G|² along these runs, in examples: the median over all their probes, or gradient norms at two
 * batch sizes, where a gradient that is lost in its noise counts as more noise than any; null where half of them are, or there are none. It
 * suggests sizes to try and nothing is reported of it, so it needs no interval. `population`: N.
 */
export function noiseScaleAlong(runs: readonly Pick<TrialResult, "probes" | "gradientNorms">[], population: number): number | null {
	const moments = runs.flatMap(({ probes, gradientNorms = [] }) => [
		...probes.map((probe) => gradientMoments(probe, population)),
		...gradientNorms.map((norms) => momentsOfTwo(norms, population)),
	]);
	const middle = upperMiddle(moments.map(({ variance, signal }) => variance / Math.max(0, signal)));
	return middle !== undefined && middle > 0 && middle < Number.POSITIVE_INFINITY ? middle : null;
}

/**
 * Two sizes to try after the first, a factor of 4 apart, counted from the first: the one nearest to a quarter of the noise scale, and the
 * one next to it on the way to the first, or beyond it where that is the first. B_simple predicts B_crit within a small factor, and at
 * B_crit/4 time × examples is within 25 % of the least whether a step takes as long for any batch (then B_crit is best) or as long as its
 * examples (then the smallest is). Without a noise scale both sides of the first.
 */
export function suggestedSizes({ batchSizes }: Pick<Study, "batchSizes">, first: number, noiseScale: number | null): readonly number[] {
	const strides = noiseScale === null ? 0 : Math.round(log(noiseScale / apart / first) / log(apart));
	const centre = within(first * apart ** strides, batchSizes);
	const towards = strides > 0 ? 1 / apart : apart;
	const sizes = new Set([centre, centre * towards, centre / towards].map((size) => nearestTo(size, batchSizes)));
	sizes.delete(first);
	return [...sizes].slice(0, 2);
}

const within = (size: number, batchSizes: readonly number[]): number =>
	Math.min(batchSizes[batchSizes.length - 1], Math.max(batchSizes[0], size));
