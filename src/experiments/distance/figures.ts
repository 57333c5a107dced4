import type { Estimate } from "../../analysis/findings.js";
import { logSlope } from "../../analysis/log-slope.js";
import { geometricMeanInterval, meanInterval } from "../../analysis/means.js";
import type { Result, Settings } from "./settings.js";
import type { Travel } from "./travels.js";

/** The runs of one batch size at one rate. */
export interface Arm {
	readonly reduction: "mean" | "sum";
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
	readonly atEqualExamples: readonly { readonly reduction: "mean" | "sum"; readonly learningRate: number; readonly slope: Estimate }[];
	/** Distance of each size over the full batch's after equal steps, at the middle rate, averaged gradients. */
	readonly atEqualSteps: readonly { readonly batchSize: number; readonly ratio: Estimate }[];
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

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const travels = results.flatMap((result) => (result.kind === "travel" ? [result.travel] : []));
	const firsts = results.flatMap((result) => (result.kind === "first step" ? [result.first] : []));
	const { batchSizes, rates, epochs, steps } = settings;
	const examples = batchSizes[batchSizes.length - 1];
	const family = familyOf(settings);
	const of = (reduction: "mean" | "sum", batchSize: number, learningRate: number) =>
		travels.filter((one) => one.reduction === reduction && one.batchSize === batchSize && one.learningRate === learningRate);
	const atExamples = (travel: Travel) => distanceAt(travel, "examples", epochs * examples);
	const atSteps = (travel: Travel) => distanceAt(travel, "step", steps);
	const arms = (["mean", "sum"] as const).flatMap((reduction) =>
		rates[reduction].flatMap((learningRate) =>
			batchSizes.map((batchSize): Arm => {
				const own = of(reduction, batchSize, learningRate);
				return {
					reduction,
					batchSize,
					learningRate,
					travels: own,
					afterEpochs: geometricMeanInterval(own.map(atExamples)),
					afterSteps: geometricMeanInterval(own.map(atSteps)),
					accuracy: meanInterval(own.map((travel) => travel.validationAccuracy[travel.examples.indexOf(epochs * examples)] ?? Number.NaN)),
					straightness: geometricMeanInterval(
						own.map(({ path }) => (path ? path.distance / path.length : Number.NaN)),
						family,
					),
				};
			}),
		),
	);
	const seedsOf = (reduction: "mean" | "sum", learningRate: number, of: (travel: Travel) => number) => {
		const bySize = batchSizes.map(
			(_, i) => arms.filter((arm) => arm.reduction === reduction && arm.learningRate === learningRate)[i].travels,
		);
		return bySize[0].map((_, seed) => bySize.map((own) => of(own[seed])));
	};
	const middle = rates.mean[1];
	const steppedAt = seedsOf("mean", middle, atSteps);
	return {
		arms,
		atEqualExamples: (["mean", "sum"] as const).flatMap((reduction) =>
			rates[reduction].map((learningRate) => ({
				reduction,
				learningRate,
				slope: meanInterval(
					seedsOf(reduction, learningRate, atExamples).map((distances) => logSlope(batchSizes, distances)),
					family,
				),
			})),
		),
		atEqualSteps: batchSizes.slice(0, -1).map((batchSize, i) => ({
			batchSize,
			ratio: geometricMeanInterval(
				steppedAt.map((distances) => distances[i] / distances[distances.length - 1]),
				family,
			),
		})),
		bestOverFull: rates.mean.map((learningRate) => ({
			learningRate,
			ratio: geometricMeanInterval(
				seedsOf("mean", learningRate, atExamples).map((ends, seed) => {
					const runs = batchSizes.map((batchSize) => of("mean", batchSize, learningRate)[seed]);
					return bestOf(runs, epochs * examples) / ends[ends.length - 1];
				}),
				family,
			),
		})),
		firstStep: meanInterval(firsts.map(({ distance, expected }) => distance / expected)),
		firstStepOff: Math.max(...firsts.map(({ distance, expected }) => Math.abs(distance / expected - 1))),
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
