import type { Estimate } from "../../analysis/findings.js";
import type { Json } from "../../core/canonical.js";
import { type ClaimFinding, type Verdict, verdictAbove, verdictWithin } from "../claims/claim.js";
import type { Conclusion, Table, Writing } from "../experiment.js";
import { describeWorkload } from "../lab/workloads.js";
import { bestChart, byRateChart } from "./charts.js";
import { type Figures, family, figuresOf } from "./figures.js";
import type { Result, Settings } from "./runs.js";

/** Fixed before the data. `restored`: the large batch has gone as far as the reference if it has gone this share of its way. `accuracy`: as everywhere, two points. */
const margin = { restored: 0.9, accuracy: 0.02 };

export function conclude(settings: Settings, results: readonly Result[], write: Writing): Conclusion {
	const figures = figuresOf(settings, results);
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings, write),
		tables: [
			bestTable(figures, write),
			rulesTable(figures, settings, write),
			mapTable(figures, settings, write, "accuracy"),
			mapTable(figures, settings, write, "distance"),
			restoredTable(figures, settings, write),
		],
		charts: [byRateChart(figures, settings, "accuracy"), byRateChart(figures, settings, "distance"), bestChart(figures, settings)],
		claims: [restoredClaim(figures, settings, write)],
	};
}

function wordsOf({ best, exponent, rules, restored, recovered }: Figures, settings: Settings, write: Writing): readonly string[] {
	const { restore, epochs } = settings;
	const within = verdictWithin(recovered, margin.accuracy);
	const low = exponent.low ?? Number.NEGATIVE_INFINITY;
	const high = exponent.high ?? Number.POSITIVE_INFINITY;
	const inside = rules.filter((rule) => rule.exponent >= low && rule.exponent <= high).map(({ name }) => ruleInWords[name]);
	const edges = best.filter(({ atEdge }) => atEdge).map(({ batchSize }) => write.count(batchSize));
	const [first] = restored;
	const accuracyOf = (batchSize: number) => best.find((one) => one.batchSize === batchSize)?.accuracy ?? nothing;
	return [
		`Each at its own best rate and after the same ${epochs} epochs, a batch of ${write.count(restore.batchSize)} reaches ${write.percent(accuracyOf(restore.batchSize))} of held-out accuracy and one of ${restore.reference} ${write.percent(accuracyOf(restore.reference))}; ${recoveredInWords[within]} (the first less the second: ${write.percent(recovered)}).`,
		`Over batch sizes ${write.count(settings.batchSizes[0])} to ${write.count(restore.batchSize)} the best rate grows as B to the power ${write.interval(exponent)}: ${
			inside.length === 0
				? "none of the three rules of thumb lies within"
				: `${inside.join(" and ")} ${inside.length === 1 ? "lies" : "lie"} within`
		}.${edges.length > 0 ? ` The best rate of ${edges.join(", ")} lies at the edge of those tried.` : ""}`,
		`At rate ${write.rate(first.learningRate)} the batch of ${write.count(restore.batchSize)} travels ${write.interval(first.before)} of the way of one of ${restore.reference}; at ${restore.factor} times the rate ${write.interval(first.after)}.`,
	];
}

const nothing: Estimate = { estimate: null, low: null, high: null };

const recoveredInWords: Readonly<Record<Verdict, string>> = {
	supported: "a larger rate makes up for the larger batch",
	refuted: "no rate makes up for the larger batch",
	undecided: "whether that is the same, these runs cannot tell",
};

const ruleInWords = { none: "no scaling", "square root": "the square root", linear: "the linear rule" } as const;

function restoredClaim({ restored }: Figures, settings: Settings, write: Writing): ClaimFinding {
	const [first, other] = restored;
	const { restore, epochs, seeds } = settings;
	const stepsAnEpoch = Math.floor(settings.examples / restore.batchSize);
	return {
		id: "C27",
		verdict: verdictAbove(first.after, margin.restored),
		effect: `distance from the initial weights of B = ${write.count(restore.batchSize)} at rate ${write.rate(first.learningRate * restore.factor)} over that of B = ${restore.reference} at rate ${write.rate(first.learningRate)}, after ${epochs} epochs, above ${margin.restored}`,
		interval: first.after,
		evidence: `${describeWorkload(settings.workload)}, whole batches only; N = ${write.count(settings.examples)}, so that B = ${write.count(restore.batchSize)} makes ${stepsAnEpoch === 1 ? "one step" : `${write.count(stepsAnEpoch)} steps`} an epoch; ${seeds.reporting} seeds, rates as published (not tuned per size), intervals simultaneous over ${family}. At the rate itself the ratio is ${write.interval(first.before)}. From rate ${write.rate(other.learningRate)} it is ${write.interval(other.before)}, and raised ${write.interval(other.after)}`,
	};
}

const bestTable = ({ best }: Figures, write: Writing): Table => ({
	title: "The best rate of each batch size",
	columns: [
		{ title: "batch size", numeric: true },
		{ title: "best of those tried", numeric: true },
		{ title: "between them", numeric: true },
		{ title: "held-out accuracy there", numeric: true },
		{ title: "at the edge of the range", numeric: false },
	],
	rows: best.map(({ batchSize, chosen, optimum, accuracy, atEdge }) => [
		write.count(batchSize),
		write.rate(chosen),
		write.interval(optimum),
		write.percent(accuracy),
		atEdge ? "yes" : "no",
	]),
});

const rulesTable = ({ rules }: Figures, { restore }: Settings, write: Writing): Table => ({
	title: `Rules of thumb: from the best rate of ${restore.reference} to that of ${write.count(restore.batchSize)}`,
	columns: [
		{ title: "rule", numeric: false },
		{ title: "rate", numeric: true },
		{ title: "held-out accuracy", numeric: true },
		{ title: "less that at its own best rate", numeric: true },
	],
	rows: rules.map(({ name, learningRate, accuracy, loss }) => [
		ruleInWords[name],
		learningRate === null ? "not tried" : write.rate(learningRate),
		write.percent(accuracy),
		write.percent(loss),
	]),
});

const mapTable = (
	{ cells }: Figures,
	{ batchSizes, rates, epochs, seeds }: Settings,
	write: Writing,
	what: "accuracy" | "distance",
): Table => ({
	title: `${what === "accuracy" ? "Held-out accuracy" : "Distance from the initial weights"} after ${epochs} epochs, by learning rate and batch size`,
	columns: [
		{ title: "rate", numeric: true },
		...batchSizes.map((batchSize) => ({ title: `B = ${write.count(batchSize)}`, numeric: true })),
	],
	rows: rates.map((rate) => [
		write.rate(rate),
		...batchSizes.map((batchSize) => {
			const cell = cells.find((one) => one.batchSize === batchSize && one.learningRate === rate);
			if (!cell) return "";
			if (cell.diverged > 0) return `${cell.diverged} of ${seeds.reporting} diverged`;
			return what === "accuracy" ? write.percent(cell.accuracy) : write.interval(cell.distance);
		}),
	]),
});

const restoredTable = ({ restored }: Figures, { restore }: Settings, write: Writing): Table => ({
	title: `B = ${write.count(restore.batchSize)} beside B = ${restore.reference}, at the same rate and at ${restore.factor} times the rate`,
	columns: [
		{ title: "rate", numeric: true },
		{ title: "share of the distance, same rate", numeric: true },
		{ title: "raised", numeric: true },
		{ title: `accuracy of ${restore.reference}`, numeric: true },
		{ title: `of ${write.count(restore.batchSize)}, same rate`, numeric: true },
		{ title: "raised", numeric: true },
	],
	rows: restored.map(({ learningRate, before, after, accuracy }) => [
		write.rate(learningRate),
		write.interval(before),
		write.interval(after),
		write.percent(accuracy.reference),
		write.percent(accuracy.before),
		write.percent(accuracy.after),
	]),
});
