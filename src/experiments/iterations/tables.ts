import { formatCount, formatEstimate } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { asEstimate, nothing, scaled } from "../lab/estimates.js";
import { estimateColumn, figureColumn, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export const tables = ({ findings, noise, prediction }: Figures, { examples, study }: Settings): readonly Table[] => [
	tableOf(`Steps, examples and seconds to the goal, medians of ${study.seeds.reporting} runs`, findings.tradeoff, [
		sizeColumn,
		rateColumn("learning rate", (row) => row, "not reached"),
		estimateColumn("steps", ({ steps }) => asEstimate(steps)),
		estimateColumn("examples", (row) => asEstimate(row.examples)),
		estimateColumn("epochs", (row) => scaled(asEstimate(row.examples), 1 / examples)),
		estimateColumn("milliseconds", ({ seconds }) => scaled(asEstimate(seconds), 1000)),
		estimateColumn("µs per step", ({ secondsPerStep }) => scaled(asEstimate(secondsPerStep), 1e6)),
		percentColumn("worth of an example", ({ efficiency }) => efficiency),
		estimateColumn("noise scale along the run", (row) => noise.find(({ batchSize }) => batchSize === row.batchSize)?.mean ?? nothing),
	]),
	tableOf(
		"The curve S(B) = S_min (1 + B_crit/B), and what the noise predicts",
		[
			{ figure: "B_crit, the critical batch size", value: formatEstimate(findings.fit.criticalBatchSize) },
			{ figure: "S_min, steps however large the batch", value: formatEstimate(findings.fit.minSteps) },
			{ figure: "E_min, examples however small the batch", value: formatEstimate(findings.fit.minExamples) },
			{ figure: "exponent of B_crit/B, left free", value: formatEstimate(findings.fit.exponent) },
			{ figure: "verdict of the fit", value: findings.fit.verdict },
			...predictionRows(prediction),
		],
		[textColumn("figure", ({ figure }) => figure), figureColumn("value", ({ value }) => value)],
	),
];

const predictionRows = (prediction: Figures["prediction"]) =>
	prediction === null
		? []
		: [
				{ figure: `noise scale along runs of ${formatCount(prediction.noise.batchSize)}`, value: formatEstimate(prediction.noise.mean) },
				{ figure: "noise scale over B_crit", value: formatEstimate(prediction.ratio) },
			];
