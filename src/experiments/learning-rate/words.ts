import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import { verdictWithin } from "../claims/claim.js";
import { nothing } from "../lab/estimates.js";
import { say, unclear, when } from "../lab/say.js";
import { margin } from "./claims.js";
import { type Figures, ruleInWords } from "./figures.js";
import type { Settings } from "./settings.js";

export function words({ best, exponent, rules, restored: [first], recovered }: Figures, settings: Settings): readonly string[] {
	const { restore, epochs, batchSizes } = settings;
	const [large, reference] = [formatCount(restore.batchSize), restore.reference];
	const accuracy = (batchSize: number) => formatPercent(best.find((one) => one.batchSize === batchSize)?.accuracy ?? nothing);
	const { low, high } = { low: exponent.low ?? Number.NEGATIVE_INFINITY, high: exponent.high ?? Number.POSITIVE_INFINITY };
	const inside = rules.filter((rule) => rule.exponent >= low && rule.exponent <= high).map(({ name }) => ruleInWords[name]);
	const edges = best.filter(({ atEdge }) => atEdge).map(({ batchSize }) => formatCount(batchSize));
	const madeUp = say(
		verdictWithin(recovered, margin.accuracy),
		"a larger rate makes up for the larger batch",
		"no rate makes up for the larger batch",
		unclear("a larger rate makes up for the larger batch"),
	);
	const fitting =
		inside.length === 0
			? "none of the three rules of thumb lies within that interval"
			: `${inside.join(" and ")} ${inside.length === 1 ? "lies" : "lie"} within that interval`;
	return [
		`Each at its own best rate and after the same ${epochs} epochs, a batch of ${large} reaches ${accuracy(restore.batchSize)} of held-out accuracy and one of ${reference} ${accuracy(reference)}; ${madeUp} (the first less the second: ${formatPercent(recovered)}).`,
		`Over batch sizes ${formatCount(batchSizes[0])} to ${large} the best rate grows as B to the power ${formatEstimate(exponent)}: ${fitting}.${when(edges.length > 0, ` The best rate of ${edges.join(", ")} lies at the edge of those tried.`)}`,
		`At rate ${formatRate(first.learningRate)} the batch of ${large} travels ${formatEstimate(first.before)} of the way of one of ${reference}; at ${restore.factor} times the rate ${formatEstimate(first.after)}.`,
	];
}
