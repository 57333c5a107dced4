import type { Estimate } from "../../analysis/findings.js";
import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import { type ClaimFinding, type Verdict, verdictAbove, verdictWithin } from "../claims/claim.js";
import type { Conclusion, Table } from "../experiment.js";
import { describeWorkload } from "../lab/workloads.js";
import { bestChart, byRateChart } from "./charts.js";
import { type Figures, family, figuresOf } from "./figures.js";
import type { Result, Settings } from "./runs.js";

/** Fixed before the data. `restored`: the large batch has gone as far as the reference if it has gone this share of its way. `accuracy`: as everywhere, two points. */
const margin = { restored: 0.9, accuracy: 0.02 };

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [
			bestTable(figures),
			rulesTable(figures, settings),
			mapTable(figures, settings, "accuracy"),
			mapTable(figures, settings, "distance"),
			restoredTable(figures, settings),
		],
		charts: [byRateChart(figures, settings, "accuracy"), byRateChart(figures, settings, "distance"), bestChart(figures, settings)],
		claims: [restoredClaim(figures, settings)],
	};
}

function wordsOf({ best, exponent, rules, restored, recovered }: Figures, settings: Settings): readonly string[] {
	const { restore, epochs } = settings;
	const within = verdictWithin(recovered, margin.accuracy);
	const low = exponent.low ?? Number.NEGATIVE_INFINITY;
	const high = exponent.high ?? Number.POSITIVE_INFINITY;
	const inside = rules.filter((rule) => rule.exponent >= low && rule.exponent <= high).map(({ name }) => ruleInWords[name]);
	const edges = best.filter(({ atEdge }) => atEdge).map(({ batchSize }) => formatCount(batchSize));
	const [first] = restored;
	const accuracyOf = (batchSize: number) => best.find((one) => one.batchSize === batchSize)?.accuracy ?? nothing;
	return [
		`Each at its own best rate and after the same ${epochs} epochs, a batch of ${formatCount(restore.batchSize)} reaches ${formatPercent(accuracyOf(restore.batchSize))} of held-out accuracy and one of ${restore.reference} ${formatPercent(accuracyOf(restore.reference))}; ${recoveredInWords[within]} (the first less the second: ${formatPercent(recovered)}).`,
		`Over batch sizes ${formatCount(settings.batchSizes[0])} to ${formatCount(restore.batchSize)} the best rate grows as B to the power ${formatEstimate(exponent)}: ${
			inside.length === 0
				? "none of the three rules of thumb lies within"
				: `${inside.join(" and ")} ${inside.length === 1 ? "lies" : "lie"} within`
		}.${edges.length > 0 ? ` The best rate of ${edges.join(", ")} lies at the edge of those tried.` : ""}`,
		`At rate ${formatRate(first.learningRate)} the batch of ${formatCount(restore.batchSize)} travels ${formatEstimate(first.before)} of the way of one of ${restore.reference}; at ${restore.factor} times the rate ${formatEstimate(first.after)}.`,
	];
}

const nothing: Estimate = { estimate: null, low: null, high: null };

const recoveredInWords: Readonly<Record<Verdict, string>> = {
	supported: "a larger rate makes up for the larger batch",
	refuted: "no rate makes up for the larger batch",
	undecided: "whether that is the same, these runs cannot tell",
};

const ruleInWords = { none: "no scaling", "square root": "the square root", linear: "the linear rule" } as const;

function restoredClaim({ restored }: Figures, settings: Settings): ClaimFinding {
	const [first, other] = restored;
	const { restore, epochs, seeds } = settings;
	const stepsAnEpoch = Math.floor(settings.examples / restore.batchSize);
	return {
		id: "C27",
		verdict: verdictAbove(first.after, margin.restored),
		effect: `distance from the initial weights of B = ${formatCount(restore.batchSize)} at rate ${formatRate(first.learningRate * restore.factor)} over that of B = ${restore.reference} at rate ${formatRate(first.learningRate)}, after ${epochs} epochs, above ${margin.restored}`,
		interval: first.after,
		evidence: `${describeWorkload(settings.workload)}, whole batches only; N = ${formatCount(settings.examples)}, so that B = ${formatCount(restore.batchSize)} makes ${stepsAnEpoch === 1 ? "one step" : `${formatCount(stepsAnEpoch)} steps`} an epoch; ${seeds.reporting} seeds, rates as published (not tuned per size), intervals simultaneous over ${family}. At the rate itself the ratio is ${formatEstimate(first.before)}. From rate ${formatRate(other.learningRate)} it is ${formatEstimate(other.before)}, and raised ${formatEstimate(other.after)}`,
	};
}

const bestTable = ({ best }: Figures): Table => ({
	title: "The best rate of each batch size",
	columns: [
		{ title: "batch size", numeric: true },
		{ title: "best of those tried", numeric: true },
		{ title: "between them", numeric: true },
		{ title: "held-out accuracy there", numeric: true },
		{ title: "at the edge of the range", numeric: false },
	],
	rows: best.map(({ batchSize, chosen, optimum, accuracy, atEdge }) => [
		formatCount(batchSize),
		formatRate(chosen),
		formatEstimate(optimum),
		formatPercent(accuracy),
		atEdge ? "yes" : "no",
	]),
});

const rulesTable = ({ rules }: Figures, { restore }: Settings): Table => ({
	title: `Rules of thumb: from the best rate of ${restore.reference} to that of ${formatCount(restore.batchSize)}`,
	columns: [
		{ title: "rule", numeric: false },
		{ title: "rate", numeric: true },
		{ title: "held-out accuracy", numeric: true },
		{ title: "less that at its own best rate", numeric: true },
	],
	rows: rules.map(({ name, learningRate, accuracy, loss }) => [
		ruleInWords[name],
		learningRate === null ? "not tried" : formatRate(learningRate),
		formatPercent(accuracy),
		formatPercent(loss),
	]),
});

const mapTable = ({ cells }: Figures, { batchSizes, rates, epochs, seeds }: Settings, what: "accuracy" | "distance"): Table => ({
	title: `${what === "accuracy" ? "Held-out accuracy" : "Distance from the initial weights"} after ${epochs} epochs, by learning rate and batch size`,
	columns: [
		{ title: "rate", numeric: true },
		...batchSizes.map((batchSize) => ({ title: `B = ${formatCount(batchSize)}`, numeric: true })),
	],
	rows: rates.map((rate) => [
		formatRate(rate),
		...batchSizes.map((batchSize) => {
			const cell = cells.find((one) => one.batchSize === batchSize && one.learningRate === rate);
			if (!cell) return "";
			if (cell.diverged > 0) return `${cell.diverged} of ${seeds.reporting} diverged`;
			return what === "accuracy" ? formatPercent(cell.accuracy) : formatEstimate(cell.distance);
		}),
	]),
});

const restoredTable = ({ restored }: Figures, { restore }: Settings): Table => ({
	title: `B = ${formatCount(restore.batchSize)} beside B = ${restore.reference}, at the same rate and at ${restore.factor} times the rate`,
	columns: [
		{ title: "rate", numeric: true },
		{ title: "share of the distance, same rate", numeric: true },
		{ title: "raised", numeric: true },
		{ title: `accuracy of ${restore.reference}`, numeric: true },
		{ title: `of ${formatCount(restore.batchSize)}, same rate`, numeric: true },
		{ title: "raised", numeric: true },
	],
	rows: restored.map(({ learningRate, before, after, accuracy }) => [
		formatRate(learningRate),
		formatEstimate(before),
		formatEstimate(after),
		formatPercent(accuracy.reference),
		formatPercent(accuracy.before),
		formatPercent(accuracy.after),
	]),
});
