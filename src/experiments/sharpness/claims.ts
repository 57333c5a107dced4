import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, type ClaimFinding, verdictAbove } from "../claims/claim.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Comparison, comparisons, type Figures, familyOf, type Ratios } from "./figures.js";
import type { Settings } from "./settings.js";

/** Fixed before the data: sharper is a quarter more, by both measures. Keskar et al. tell of a hundred times as much. */
const margin = 1.25;

/** The comparison that decides, and the batch size: a tenth of the data, as Keskar et al. have it. */
const primary: Comparison = "tuned rates";

export const ratiosAt = ({ ratios }: Figures, { sizes }: Settings, comparison: Comparison = primary, size = 1): Ratios =>
	ratios.filter((one) => one.comparison === comparison).find((one) => one.batchSize === sizes[size].batchSize) ?? missing;

const nothing = { estimate: null, low: null, high: null };
const missing: Ratios = {
	comparison: primary,
	batchSize: 0,
	sharpness: nothing,
	eigenvalue: nothing,
	trainLoss: nothing,
	accuracy: nothing,
};

export function claimsOf(settings: Settings, figures: Figures): readonly ClaimFinding[] {
	const { sizes, trainLoss, sameRate, epochs, seeds } = settings;
	const [small, tenth] = sizes.map(({ batchSize }) => formatCount(batchSize));
	const { sharpness, eigenvalue } = ratiosAt(figures, settings);
	const rates = figures.ends[primary].map(({ learningRate }) => (learningRate === null ? "none" : formatRate(learningRate)));
	const inWords: Readonly<Record<Comparison, string>> = {
		"equal epochs": `after ${epochs} epochs at rate ${formatRate(sameRate)}`,
		"same rate": `at training loss ${formatNumber(trainLoss)} and rate ${formatRate(sameRate)}`,
		"tuned rates": `at training loss ${formatNumber(trainLoss)} and tuned rates`,
	};
	const others = comparisons.flatMap((comparison) =>
		sizes.slice(1).flatMap(({ batchSize }, i) => {
			if (comparison === primary && i === 0) return [];
			const own = ratiosAt(figures, settings, comparison, i + 1);
			return [
				`B = ${formatCount(batchSize)} ${inWords[comparison]}: sharpness ${formatEstimate(own.sharpness)}, eigenvalue ${formatEstimate(own.eigenvalue)}`,
			];
		}),
	);
	return [
		{
			id: "C26",
			verdict: allOf(verdictAbove(sharpness, margin), verdictAbove(eigenvalue, margin)),
			effect: `Keskar's sharpness (ε = 0.001) with B = ${tenth} over that with B = ${small}, and the largest Hessian eigenvalue likewise, both above ${margin}, at training loss ${formatNumber(trainLoss)}, rates tuned; the sharpness is shown`,
			interval: sharpness,
			evidence: `${describeWorkload(settings.workload)}; tuned rates ${rates.join(", ")} for B = ${sizes.map(({ batchSize }) => formatCount(batchSize)).join(", ")}; ${seeds.reporting} seeds, intervals simultaneous over ${familyOf(settings)}. The eigenvalue's ratio is ${formatEstimate(eigenvalue)}. ${others.join("; ")}`,
		},
	];
}
