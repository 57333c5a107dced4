import { meanInterval, paired } from "../../src/analysis/means.js";
import type { Tools } from "../../src/experiments/experiment.js";
import { trainTo } from "../../src/experiments/generalization/end.js";
import { Laboratory } from "../../src/experiments/lab/laboratory.js";
import { seedsOf } from "../../src/experiments/lab/workloads.js";
import type { NetworkWorkload } from "../../src/study/study.js";
import type { Exhibit } from "./exhibit.js";
import { published } from "./figures.js";
import { lineOf, points } from "./line.js";
import { type DeepPlan, deepOf } from "./plan.js";

/** Test accuracies, seed by seed; NaN where a run diverged. */
type Accuracies = readonly number[];

/**
 * The test accuracy of a small batch, of a tenth of the data after as many epochs, and of the latter adapted as Hoffer et al. do: rate
 * times the square root of the ratio of sizes, ghost batches of the small size, as many steps as the small batch takes.
 */
export async function keskarHoffer(
	{ workload, batchSizes: [small, large], rate, epochs, seeds }: DeepPlan,
	tools: Tools,
): Promise<Exhibit> {
	const accuracies = async (trained: NetworkWorkload, batchSize: number, learningRate: number, stepsAs: number): Promise<Accuracies> => {
		const lab = await Laboratory.open(trained, tools);
		const steps = epochs * Math.floor(lab.examples / stepsAs);
		return seedsOf(0, seeds).map((seed) => trainTo(lab, { batchSize, learningRate, steps, seed })?.test ?? Number.NaN);
	};
	const ofSmall = await accuracies(deepOf(workload), small, rate, small);
	const ofLarge = await accuracies(deepOf(workload), large, rate, large);
	const ofAdapted = await accuracies(deepOf(workload, small), large, rate * Math.sqrt(large / small), small);
	const written = (share: number) => `${(100 * share).toFixed(2)} points`;
	const { keskar, hoffer } = published;
	const better = (what: string, figure: number, first: Accuracies, second: Accuracies) =>
		lineOf({ what, published: written(figure), agreement: "above 0" }, meanInterval(paired(first, second)), { from: 0 }, points);
	return {
		name: "keskar-hoffer",
		setting: `digits, 64-5×64-10 under batch normalization, Adam at rate ${rate}, B = ${small} and ${large}, ${epochs} epochs, ${seeds} runs of each`,
		lines: [
			better("test accuracy, small batch less large (Keskar)", keskar.small - keskar.large, ofSmall, ofLarge),
			better("the same (Hoffer, validation)", hoffer.small - hoffer.large, ofSmall, ofLarge),
			better("large batch, adapted less not (Hoffer)", hoffer.adapted - hoffer.large, ofAdapted, ofLarge),
			lineOf(
				{
					what: "large batch adapted less small (Hoffer)",
					published: written(hoffer.adapted - hoffer.small),
					agreement: "above −0.5 points",
				},
				meanInterval(paired(ofAdapted, ofSmall)),
				{ from: -0.005 },
				points,
			),
		],
	};
}
