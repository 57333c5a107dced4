import type { Estimate } from "../../analysis/findings.js";
import { formatCount, formatPercent, formatRate } from "../../words/numbers.js";
import { allOf, type Verdict, verdictAbove } from "../claims/claim.js";
import { headlineOf } from "../claims/headline.js";
import { margins } from "../claims/margins.js";
import { nothing } from "../lab/estimates.js";
import { say } from "../lab/say.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, family, type Reading } from "./figures.js";
import type { Settings } from "./settings.js";

export const margin = margins.generalization;

export interface Verdicts {
	readonly topTwo: Verdict;
	/** At equal epochs, tuned. */
	readonly one: Verdict;
	readonly middle: Verdict;
}

export const reading = ({ readings }: Figures, budget: Reading["budget"], tuning: Reading["tuning"]): Reading =>
	readings.find((one) => one.budget === budget && one.tuning === tuning) ?? { budget, tuning, large: nothing, small: nothing };

export const verdictsOf = (figures: Figures): Verdicts => ({
	topTwo: verdictAbove(figures.crossed.ahead, margin.ahead),
	one: verdictAbove(reading(figures, "epochs", "tuned").small, margin.accuracy),
	middle:
		figures.middle === null
			? "undecided"
			: allOf(verdictAbove(figures.middle.overSmallest, margin.ahead), verdictAbove(figures.middle.overLargest, margin.ahead)),
});

export function findings(figures: Figures, settings: Settings) {
	const { crossed, middle, readings } = figures;
	const { study, examples, reference, epochs, untunedRate } = settings;
	const verdicts = verdictsOf(figures);
	const [first, last] = [study.batchSizes[0], study.batchSizes[study.batchSizes.length - 1]].map(formatCount);
	const points = formatPercent({ estimate: margin.accuracy, low: null, high: null });
	const about = `${describeWorkload(study.workload)}, N = ${formatCount(examples)}, test accuracy at the end`;
	const evidence = `${about}; ${epochs} epochs, or the steps or modelled seconds that they are at B = ${reference}; untuned at rate ${formatRate(untunedRate)}, tuned on ${study.seeds.tuning} seeds, reported on ${study.seeds.reporting} fresh ones, paired, intervals simultaneous over ${family}.`;
	const inWords = (value: Estimate) =>
		`${formatPercent(value)} (${say(verdictAbove(value, margin.accuracy), "more", "not more", "cannot tell")})`;
	const all = (of: "large" | "small") => readings.map((one) => `equal ${one.budget}, ${one.tuning}: ${inWords(one[of])}`).join("; ");
	/** Each budget, untuned and tuned, is a condition of its own. */
	const cellsOf = (of: "large" | "small") =>
		readings.map((one) => ({
			when: { "held equal": `equal ${one.budget}`, tuning: `${one.tuning} rate` },
			verdict: verdictAbove(one[of], margin.accuracy),
			interval: one[of],
		}));
	const cells = { large: cellsOf("large"), small: cellsOf("small") };
	const { learningRate, momentum, width, batchSize, ...design } = settings.crossed;
	return {
		C9: {
			verdict: verdicts.topTwo,
			effect: `main effect of the batch size on test accuracy less that of the second largest among rate, momentum and width, seed by seed, above ${margin.ahead}`,
			interval: crossed.ahead,
			evidence: `${about}, every combination of ${formatCount(learningRate.length)} rates, ${momentum.length} momenta, ${width.length} widths and ${batchSize.length} batch sizes at ${design.epochs} epochs; ${design.seeds.reporting} seeds; the second largest on average is the ${crossed.second}. Effects: ${crossed.effects.map(({ factor, size }) => `${factor} ${formatPercent(size)}`).join(", ")}. With the best rate for each combination, the batch size's is ${formatPercent(crossed.tuned.size)}, and ${formatPercent(crossed.change)} are gone`,
		},
		C23: {
			verdict: headlineOf(cells.large).verdict,
			effect: `test accuracy at B = ${reference} less that at B = ${last}, above ${points}; shown: equal steps, tuned`,
			interval: reading(figures, "steps", "tuned").large,
			evidence: `${evidence} By reading, ${all("large")}`,
			cells: cells.large,
		},
		C24: {
			verdict: headlineOf(cells.small).verdict,
			effect: `test accuracy at B = ${reference} less that at B = ${first}, above ${points}; shown: equal epochs, tuned`,
			interval: reading(figures, "epochs", "tuned").small,
			evidence: `${evidence} By reading, ${all("small")}`,
			cells: cells.small,
		},
		C25: {
			verdict: verdicts.middle,
			effect: `test accuracy of the size between the ends that was best on the tuning seeds, less that at B = ${first}, above ${margin.ahead}; and less that at B = ${last}${middle === null ? "" : `: ${formatPercent(middle.overLargest)}`}; at equal epochs with the rate tuned`,
			interval: middle?.overSmallest ?? nothing,
			evidence: `${evidence} ${middle === null ? "No size between the ends could be trained" : `That size is ${formatCount(middle.batchSize)}`}`,
		},
	};
}
