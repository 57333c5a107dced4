import { geometricMeanInterval, meanInterval, paired } from "../../src/analysis/means.js";
import type { Tools } from "../../src/experiments/experiment.js";
import { seedsOf } from "../../src/experiments/lab/workloads.js";
import { trainToEnd } from "../../src/experiments/learning-rate/tasks.js";
import { formatCount } from "../../src/words/numbers.js";
import type { Exhibit } from "./exhibit.js";
import { published } from "./figures.js";
import { lineOf, points } from "./line.js";
import type { ImagesPlan } from "./plan.js";

/** Where a run ended. */
interface End {
	readonly accuracy: number;
	readonly distance: number;
}

/** Accuracies that differ by less are the same: one point, half of what the larger batch lacks in the article. */
const same = 0.01;
/** Distances within this share of each other are the same, as in the ledger. */
const restored = 0.9;

/**
 * A small batch and a large one at the same rate, and the large one at ten times that: held-out accuracy and distance from the initial
 * weights.
 */
export async function shen(
	{ workload, batchSizes: [small, large], rate, factor, epochs, seeds }: ImagesPlan,
	tools: Tools,
): Promise<Exhibit> {
	const ends = async (batchSize: number, learningRate: number): Promise<readonly End[]> => {
		const found: End[] = [];
		for (const seed of seedsOf(0, seeds)) {
			const { end } = await trainToEnd({ workload, batchSize, learningRate, epochs, seed }, tools);
			found.push({ accuracy: end?.validationAccuracy ?? Number.NaN, distance: end?.distance ?? Number.NaN });
		}
		return found;
	};
	const [ofSmall, ofLarge, ofRaised] = [await ends(small, rate), await ends(large, rate), await ends(large, rate * factor)];
	const less = (first: readonly End[], second: readonly End[]) =>
		meanInterval(
			paired(
				first.map(({ accuracy }) => accuracy),
				second.map(({ accuracy }) => accuracy),
			),
		);
	const over = (first: readonly End[], second: readonly End[]) =>
		geometricMeanInterval(first.map(({ distance }, i) => distance / second[i].distance));
	const about = (share: number) => `about ${Math.round(100 * share)} points`;
	const figure = published.shen;
	const [one, other] = [formatCount(small), formatCount(large)];
	return {
		name: "shen",
		setting: `${workload.data.name}, dense layers of 128 and 10, plain SGD, ${epochs} epochs at rate ${rate}, and ${rate * factor}, ${seeds} runs of each`,
		lines: [
			lineOf(
				{ what: `accuracy, ${one} less ${other}, same rate`, published: about(figure.small - figure.large), agreement: "above 1 point" },
				less(ofSmall, ofLarge),
				{ from: same },
				points,
			),
			lineOf(
				{
					what: `accuracy, ${other} at ${factor} times the rate less ${one}`,
					published: about(figure.raised - figure.small),
					agreement: "within 1 point",
				},
				less(ofRaised, ofSmall),
				{ from: -same, to: same },
				points,
			),
			lineOf(
				{
					what: `distance, ${other} over ${one}, same rate`,
					published: "the large batch does not get as far",
					agreement: `below ${restored}`,
				},
				over(ofLarge, ofSmall),
				{ to: restored },
			),
			lineOf(
				{
					what: `distance, ${other} at ${factor} times the rate over ${one}`,
					published: "it does then",
					agreement: `above ${restored}`,
				},
				over(ofRaised, ofSmall),
				{ from: restored },
			),
		],
	};
}
