import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import { allOf, verdictAbove } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { nothing } from "../lab/estimates.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Comparison, type Figures, familyOf, type Ratios } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.sharpness.sharper;

/** The comparison that decides, and the batch size: a tenth of the data, as Keskar et al. have it. */
const primary: Comparison = "tuned rates";

export const ratiosAt = ({ ratios }: Figures, { sizes }: Settings, comparison: Comparison = primary): Ratios =>
	ratios.find((one) => one.comparison === comparison && one.batchSize === sizes[1].batchSize) ?? missing;

const missing: Ratios = {
	comparison: primary,
	batchSize: 0,
	sharpness: nothing,
	eigenvalue: nothing,
	trainLoss: nothing,
	accuracy: nothing,
};

export function findings(figures: Figures, settings: Settings) {
	const { sizes, sameRate, epochs, seeds } = settings;
	const [small, tenth] = sizes.map(({ batchSize }) => formatCount(batchSize));
	const trainLoss = formatNumber(settings.trainLoss);
	const { sharpness, eigenvalue } = ratiosAt(figures, settings);
	const rates = figures.ends[primary].map(({ learningRate }) => (learningRate === null ? "none" : formatRate(learningRate)));
	const inWords: Readonly<Record<Comparison, string>> = {
		"equal epochs": `after ${epochs} epochs at rate ${formatRate(sameRate)}`,
		"same rate": `at training loss ${trainLoss} and rate ${formatRate(sameRate)}`,
		"tuned rates": `at training loss ${trainLoss} and tuned rates`,
	};
	const others = figures.ratios
		.filter(({ comparison, batchSize }) => comparison !== primary || batchSize !== sizes[1].batchSize)
		.map(
			(one) =>
				`B = ${formatCount(one.batchSize)} ${inWords[one.comparison]}: sharpness ${formatEstimate(one.sharpness)}, eigenvalue ${formatEstimate(one.eigenvalue)}`,
		);
	return {
		C26: {
			verdict: allOf(verdictAbove(sharpness, margin), verdictAbove(eigenvalue, margin)),
			effect: `Keskar's sharpness (ε = 0.001) with B = ${tenth} over that with B = ${small}, and the largest Hessian eigenvalue likewise, both above ${margin}, at training loss ${trainLoss}, rates tuned; the sharpness is shown`,
			interval: sharpness,
			evidence: `${describeWorkload(settings.workload)}; tuned rates ${rates.join(", ")} for B = ${sizes.map(({ batchSize }) => formatCount(batchSize)).join(", ")}; ${seeds.reporting} seeds, intervals simultaneous over ${familyOf(settings)}. The eigenvalue's ratio is ${formatEstimate(eigenvalue)}. ${others.join("; ")}`,
		},
	};
}
