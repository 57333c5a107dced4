import type { Json } from "../../core/canonical.js";
import { formatCount, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { choiceChart, curvesChart, epochsChart, gainChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf, rowOf, spanOf } from "./figures.js";
import { ruleInWords } from "./rules.js";
import type { Result, Settings } from "./settings.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	const cells = results.flatMap((result) => (result.kind === "cell" ? [result] : []));
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [...settings.regularizers.map((regularizer) => rulesTable(figures, settings, regularizer)), choiceTable(figures)],
		charts: [curvesChart(settings, cells), epochsChart(figures, settings), gainChart(figures, settings), choiceChart(figures, settings)],
		claims: claimsOf(settings, figures),
	};
}

function rulesTable(figures: Figures, settings: Settings, regularizer: Regularizer): Table {
	const { batchSizes, moderate, epochs, examples, seeds } = settings;
	const rows = [
		...batchSizes.map((batchSize) => ({ name: formatCount(batchSize), row: rowOf(figures, regularizer, batchSize) })),
		{ name: `${moderate}, every label right`, row: rowOf(figures, regularizer, moderate, true) },
	];
	return {
		title: `Each rule ${regularizer === "none" ? "without a regularizer" : `with ${regularizer}`}`,
		columns: [
			{ title: "batch size", numeric: true },
			{ title: "rate", numeric: true },
			{ title: "rule", numeric: false },
			{ title: `stopped, of ${seeds.reporting} runs`, numeric: true },
			{ title: "after epochs", numeric: true },
			{ title: "examples", numeric: true },
			{ title: "saved", numeric: true },
			{ title: "test accuracy", numeric: true },
			{ title: `less that after ${epochs} epochs`, numeric: true },
		],
		rows: rows.flatMap(({ name, row }) =>
			(row?.rules ?? []).map(({ rule, fired, epochs: ended, saved, accuracy, gain }) => [
				name,
				`${formatRate(row?.learningRate ?? Number.NaN)}${row?.atEdge ? " (edge)" : ""}`,
				ruleInWords(rule),
				formatCount(fired),
				spanOf(ended),
				formatCount(Math.round((ended.estimate ?? Number.NaN) * examples)),
				formatPercent(saved),
				formatPercent(accuracy),
				formatPercent(gain),
			]),
		),
	};
}

const choiceTable = ({ choices }: Figures): Table => ({
	title: "What choosing on the test set does, without a regularizer",
	columns: [
		{ title: "chosen", numeric: false },
		{ title: "batch size", numeric: true },
		{ title: "accuracy on the set it was chosen on", numeric: true },
		{ title: "on the other set", numeric: true },
		{ title: "difference", numeric: true },
	],
	rows: choices.map(({ of, batchSize, own, other, inflation }) => [
		of === "both" ? "epoch and batch size" : of,
		batchSize === null ? (of === "epoch" ? "mean of all" : "any") : formatCount(batchSize),
		formatPercent(own),
		formatPercent(other),
		formatPercent(inflation),
	]),
});
