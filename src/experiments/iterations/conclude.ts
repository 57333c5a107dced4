import type { Estimate, Median } from "../../analysis/findings.js";
import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { chartsOf } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf } from "./figures.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";
import { asEstimate, wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	return {
		results: resultsOf(figures) as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [sizesTable(figures, settings), criticalTable(figures)],
		charts: chartsOf(figures, settings),
		claims: claimsOf(figures, settings),
	};
}

/** What `--json` prints: the figures without the single trials and drawn curves. */
function resultsOf({ findings, noise, fullBatch, middle, order, slopes, prediction }: Figures) {
	const { tradeoff, fit, recommendation, cost } = findings;
	const { curve: _, ...fitted } = fit;
	return {
		tradeoff: tradeoff.map(({ rates: _, ...row }) => row),
		fit: fitted,
		noise,
		fullBatch,
		middle,
		order,
		slopes,
		prediction,
		recommendation,
		cost,
	};
}

const sizesTable = ({ findings, noise }: Figures, { examples, study }: Settings): Table => ({
	title: `Steps, examples and seconds to the goal, medians of ${study.seeds.reporting} runs`,
	columns: [
		"batch size",
		"learning rate",
		"steps",
		"examples",
		"epochs",
		"milliseconds",
		"µs per step",
		"worth of an example",
		"noise scale along the run",
	].map((title) => ({ title, numeric: true })),
	rows: findings.tradeoff.map((row) => [
		formatCount(row.batchSize),
		row.learningRate === null ? "not reached" : `${formatRate(row.learningRate)}${row.atEdge ? " (edge)" : ""}`,
		formatEstimate(asEstimate(row.steps)),
		formatEstimate(asEstimate(row.examples)),
		formatEstimate(times(row.examples, 1 / examples)),
		formatEstimate(times(row.seconds, 1000)),
		formatEstimate(times(row.secondsPerStep, 1e6)),
		formatPercent(row.efficiency),
		formatEstimate(noise.find(({ batchSize }) => batchSize === row.batchSize)?.mean ?? asEstimate(nothing)),
	]),
});

const criticalTable = ({ findings: { fit }, prediction }: Figures): Table => ({
	title: "The curve S(B) = S_min (1 + B_crit/B), and what the noise predicts",
	columns: [
		{ title: "figure", numeric: false },
		{ title: "value", numeric: true },
	],
	rows: [
		["B_crit, the critical batch size", formatEstimate(fit.criticalBatchSize)],
		["S_min, steps however large the batch", formatEstimate(fit.minSteps)],
		["E_min, examples however small the batch", formatEstimate(fit.minExamples)],
		["exponent of B_crit/B, left free", formatEstimate(fit.exponent)],
		["verdict of the fit", fit.verdict],
		...(prediction === null
			? []
			: [
					[`noise scale along runs of ${formatCount(prediction.noise.batchSize)}`, formatEstimate(prediction.noise.mean)],
					["noise scale over B_crit", formatEstimate(prediction.ratio)],
				]),
	],
});

const nothing: Median = { median: null, low: null, high: null };

function times(median: Median, by: number): Estimate {
	const scaled = (x: number | null) => (x === null ? null : x * by);
	return { estimate: scaled(median.median), low: scaled(median.low), high: scaled(median.high) };
}
