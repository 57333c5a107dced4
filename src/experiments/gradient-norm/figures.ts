import type { Estimate } from "../../analysis/findings.js";
import { logSlope } from "../../analysis/log-slope.js";
import { geometricMeanInterval, meanInterval } from "../../analysis/means.js";
import { mean } from "../../core/mean.js";
import { estimateOf } from "../lab/estimates.js";
import { expectedSquare, type Norms, type NormsOfSize } from "./norms.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

export type Reduction = "mean" | "sum";
const reductions: readonly Reduction[] = ["mean", "sum"];

/** Norms of one size at one stage, from all seeds; for the averaged gradient. */
export interface SizeFigures {
	readonly batchSize: number;
	/** Mean norm, and the standard deviation and variance from batch to batch: averages over seeds. */
	readonly mean: number;
	readonly deviation: number;
	readonly variance: number;
	/** Mean squared norm, measured and by the closed form: geometric means over seeds. */
	readonly meanSquare: Estimate;
	readonly expectedSquare: number;
	/** Measured over expected, simultaneous over both stages' sizes. */
	readonly ratio: Estimate;
}

/** The slope of the squared norm on logarithmic axes over some batch sizes. */
export interface Slope {
	readonly reduction: Reduction;
	readonly over: "all" | "small" | "large";
	readonly batchSizes: readonly [from: number, to: number];
	readonly measured: Estimate;
	/** Of the closed form over the same sizes, averaged over seeds. */
	readonly expected: number;
}

export interface Stage {
	readonly epochs: number;
	readonly noiseScale: Estimate;
	readonly sizes: readonly SizeFigures[];
	readonly slopes: readonly Slope[];
	/** Norm of the averaged gradient of the full batch over that of batches of one. */
	readonly fullOverOne: Estimate;
}

export interface PathFigures {
	readonly batchSize: number;
	/** Gaps at η/B: all batches whole; with the partial last batch; and whole at twice η/B. Geometric means over seeds. */
	readonly whole: Estimate;
	readonly partial: Estimate;
	readonly otherRate: Estimate;
}

export interface Figures {
	readonly early: Stage;
	readonly late: Stage;
	/** Early norm over late, size by size. */
	readonly earlyOverLate: readonly { readonly batchSize: number; readonly ratio: Estimate }[];
	readonly paths: readonly PathFigures[];
	/** Whether mean² + variance is the mean square, of every size and run: what shows the variance's unit to be the square's. */
	readonly squaresAddUp: boolean;
}

/** How many sizes make the small and the large end. */
const end = 4;

/**
 * Intervals are simultaneous over the claims' family: early over late at every size, two slopes, one ratio, three gaps at each of the
 * paths' sizes.
 */
export const familyOf = ({ batchSizes, paths }: Settings): number => batchSizes.length + 3 + 3 * paths.batchSizes.length;

export const slopeOf = ({ slopes }: Stage, reduction: Reduction, over: Slope["over"]): Slope =>
	slopes.find((slope) => slope.reduction === reduction && slope.over === over) ?? slopes[0];

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const norms = results.flatMap((result) => (result.kind === "norms" ? [result.norms] : []));
	const paths = results.flatMap((result) => (result.kind === "path" ? [result.path] : []));
	const family = familyOf(settings);
	const examples = settings.batchSizes[settings.batchSizes.length - 1];
	const [early, late] = settings.epochs.map((epochs) => norms.filter((one) => one.epochs === epochs));
	const gap = (batchSize: number, lastBatch: "keep" | "drop", share: number) => {
		const own = paths.filter((path) => path.batchSize === batchSize && path.lastBatch === lastBatch && path.share === share);
		return geometricMeanInterval(
			own.map((path) => Math.max(path.gap, smallest)),
			family,
		);
	};
	return {
		early: stageOf(settings, early),
		late: stageOf(settings, late),
		earlyOverLate: settings.batchSizes.map((batchSize, i) => {
			const ratios = early.map((one, seed) => one.sizes[i].mean / late[seed].sizes[i].mean);
			return { batchSize, ratio: geometricMeanInterval(ratios, family) };
		}),
		paths: settings.paths.batchSizes.map((batchSize) => ({
			batchSize,
			whole: gap(batchSize, "drop", 1),
			partial: gap(batchSize, "keep", 1),
			otherRate: gap(batchSize, "drop", 2),
		})),
		squaresAddUp: norms.every(({ sizes }) => sizes.every((size) => addsUp(size, size.batchSize === examples ? 1 : settings.batches))),
	};
}

/**
 * The variance has the divisor n − 1. Both sides are sums of a thousand positive numbers in double precision: equal to far better than
 * this.
 */
const addsUp = ({ mean, deviation, meanSquare }: NormsOfSize, draws: number): boolean =>
	Math.abs(mean ** 2 + ((draws - 1) / draws) * deviation ** 2 - meanSquare) <= 1e-9 * meanSquare;

/**
 * Where two runs are equal to the bit (dividing by a power of two is exact) their gap counts as this, single precision's rounding, so that
 * it has a logarithm.
 */
const smallest = 2 ** -24;

function stageOf(settings: Settings, seeds: readonly Norms[]): Stage {
	const { batchSizes } = settings;
	const family = familyOf(settings);
	const expected = (one: Norms, batchSize: number) => expectedSquare(one.moments, batchSize, batchSizes[batchSizes.length - 1]);
	const fullOverOne = seeds.map(({ sizes }) => sizes[sizes.length - 1].mean / sizes[0].mean);
	return {
		epochs: seeds[0].epochs,
		noiseScale: geometricMeanInterval(seeds.map(({ moments }) => moments.variance / moments.signal)),
		sizes: batchSizes.map((batchSize, i) => {
			const own = seeds.map(({ sizes }) => sizes[i]);
			// The arithmetic mean: each run's mean square is unbiased, its logarithm isn't.
			const ratios = seeds.map((one) => one.sizes[i].meanSquare / expected(one, batchSize));
			return {
				batchSize,
				mean: mean(own.map((size) => size.mean)),
				deviation: mean(own.map(({ deviation }) => deviation)),
				variance: mean(own.map(({ deviation }) => deviation ** 2)),
				meanSquare: geometricMeanInterval(own.map(({ meanSquare }) => meanSquare)),
				expectedSquare: estimateOf(geometricMeanInterval(seeds.map((one) => expected(one, batchSize)))),
				ratio: meanInterval(ratios, 2 * batchSizes.length),
			};
		}),
		slopes: reductions.flatMap((reduction) =>
			(["all", "small", "large"] as const).map((over): Slope => {
				const [from, to] = { all: [0, batchSizes.length], small: [0, end], large: [batchSizes.length - end, batchSizes.length] }[over];
				const sizes = batchSizes.slice(from, to);
				const factor = (batchSize: number) => (reduction === "sum" ? batchSize * batchSize : 1);
				const slopes = (square: (one: Norms, i: number) => number) =>
					seeds.map((one) => {
						const squares = sizes.map((batchSize, i) => factor(batchSize) * square(one, from + i));
						return logSlope(sizes, squares);
					});
				const measured = slopes((one, i) => one.sizes[i].meanSquare);
				return {
					reduction,
					over,
					batchSizes: [sizes[0], sizes[sizes.length - 1]],
					measured: meanInterval(measured, family),
					expected: mean(slopes((one, i) => expected(one, batchSizes[i]))),
				};
			}),
		),
		fullOverOne: geometricMeanInterval(fullOverOne, family),
	};
}
