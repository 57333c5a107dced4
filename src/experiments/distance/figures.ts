import type { Estimate } from "../../analysis/findings.js";
import { logSlope } from "../../analysis/log-slope.js";
import { boundedMean, geometricMeanInterval, meanInterval, shares } from "../../analysis/means.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";
import type { Travel } from "./travels.js";

export type Reduction = "mean" | "sum";

/** The runs of one batch size at one rate. */
export interface Arm {
	readonly reduction: Reduction;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly travels: readonly Travel[];
	/** After the epochs, and after the steps: geometric means over seeds. Null where a run diverged. */
	readonly afterEpochs: Estimate;
	readonly afterSteps: Estimate;
	readonly accuracy: Estimate;
	/** Distance over the summed lengths of the steps that led there. */
	readonly straightness: Estimate;
}

export interface Figures {
	readonly arms: readonly Arm[];
	/** Slope of log distance against log batch size at equal examples, by reduction and rate. */
	readonly atEqualExamples: readonly { readonly reduction: Reduction; readonly learningRate: number; readonly slope: Estimate }[];
	/** Distance of each size over the full batch's after equal steps, averaged gradients, at each rate. */
	readonly atEqualSteps: readonly {
		readonly learningRate: number;
		readonly sizes: readonly { readonly batchSize: number; readonly ratio: Estimate }[];
	}[];
	/** Distance of the best weights of any size over where the full batch ends; at each rate, averaged gradients. */
	readonly bestOverFull: readonly { readonly learningRate: number; readonly ratio: Estimate }[];
	/** Distance after one full-batch step over η‖g‖. */
	readonly firstStep: Estimate;
	/** The largest relative difference of the two. */
	readonly firstStepOff: number;
}

/** Intervals are simultaneous over: equal steps at every size but the full, one ratio, one slope, straightness at every size. */
export const familyOf = ({ batchSizes }: Settings): number => 2 * batchSizes.length + 1;

/** The distance at the look after exactly this many steps or examples; NaN where the run didn't come so far. */
export function distanceAt(travel: Travel, column: "step" | "examples", place: number): number {
	const at = travel[column].indexOf(place);
	return at < 0 ? Number.NaN : travel.distance[at];
}

export const armsAt = ({ arms }: Pick<Figures, "arms">, reduction: Reduction, learningRate: number): readonly Arm[] =>
	arms.filter((arm) => arm.reduction === reduction && arm.learningRate === learningRate);

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const travels = results.flatMap((result) => (result.kind === "travel" ? [result.travel] : []));
	const { batchSizes, rates, epochs, steps } = settings;
	const examples = epochs * batchSizes[batchSizes.length - 1];
	const family = familyOf(settings);
	const atExamples = (travel: Travel) => distanceAt(travel, "examples", examples);
	const atSteps = (travel: Travel) => distanceAt(travel, "step", steps);
	const armOf = (reduction: Reduction, batchSize: number, learningRate: number): Arm => {
		const own = travels.filter((one) => one.reduction === reduction && one.batchSize === batchSize && one.learningRate === learningRate);
		const straightness = own.map(({ path }) => (path ? path.distance / path.length : Number.NaN));
		return {
			reduction,
			batchSize,
			learningRate,
			travels: own,
			afterEpochs: geometricMeanInterval(own.map(atExamples)),
			afterSteps: geometricMeanInterval(own.map(atSteps)),
			accuracy: boundedMean(
				own.map((travel) => travel.validationAccuracy[travel.examples.indexOf(examples)] ?? Number.NaN),
				shares,
			),
			straightness: geometricMeanInterval(straightness, family),
		};
	};
	const reductions = ["mean", "sum"] as const;
	const arms = reductions.flatMap((reduction) =>
		rates[reduction].flatMap((learningRate) => batchSizes.map((batchSize) => armOf(reduction, batchSize, learningRate))),
	);
	/** Seed by seed, the runs of all batch sizes. */
	const bySeed = (reduction: Reduction, learningRate: number): readonly (readonly Travel[])[] => {
		const sizes = armsAt({ arms }, reduction, learningRate);
		return sizes[0].travels.map((_, seed) => sizes.map((arm) => arm.travels[seed]));
	};
	const firsts = results.flatMap((result) => (result.kind === "first step" ? [result.first.distance / result.first.expected] : []));
	return {
		arms,
		atEqualExamples: reductions.flatMap((reduction) =>
			rates[reduction].map((learningRate) => {
				const slopes = bySeed(reduction, learningRate).map((runs) => logSlope(batchSizes, runs.map(atExamples)));
				return { reduction, learningRate, slope: meanInterval(slopes, family) };
			}),
		),
		atEqualSteps: rates.mean.map((learningRate) => {
			const stepped = bySeed("mean", learningRate).map((runs) => runs.map(atSteps));
			const sizes = batchSizes.slice(0, -1).map((batchSize, i) => {
				const ratios = stepped.map((distances) => distances[i] / distances[distances.length - 1]);
				return { batchSize, ratio: geometricMeanInterval(ratios, family) };
			});
			return { learningRate, sizes };
		}),
		bestOverFull: rates.mean.map((learningRate) => {
			const ratios = bySeed("mean", learningRate).map((runs) => bestOf(runs, examples) / atExamples(runs[runs.length - 1]));
			return { learningRate, ratio: geometricMeanInterval(ratios, family) };
		}),
		firstStep: meanInterval(firsts),
		firstStepOff: Math.max(...firsts.map((ratio) => Math.abs(ratio - 1))),
	};
}

/** Distance of the weights with the lowest validation loss among all looks of all runs within this many examples. */
export function bestOf(runs: readonly Travel[], examples: number): number {
	let best = { loss: Number.POSITIVE_INFINITY, distance: Number.NaN };
	for (const run of runs)
		for (const [i, loss] of run.validationLoss.entries())
			if (run.examples[i] <= examples && loss < best.loss) best = { loss, distance: run.distance[i] };
	return best.distance;
}
