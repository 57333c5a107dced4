import type { Json } from "../../core/canonical.js";
import type { Conclusion, Table, Writing } from "../experiment.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { choiceChart, curvesChart, epochsChart, gainChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf, rowOf, spanOf } from "./figures.js";
import { ruleInWords } from "./rules.js";
import type { Result, Settings } from "./settings.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[], write: Writing): Conclusion {
	const figures = figuresOf(settings, results);
	const cells = results.flatMap((result) => (result.kind === "cell" ? [result] : []));
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings, write),
		tables: [...settings.regularizers.map((regularizer) => rulesTable(figures, settings, regularizer, write)), choiceTable(figures, write)],
		charts: [curvesChart(settings, cells), epochsChart(figures, settings), gainChart(figures, settings), choiceChart(figures, settings)],
		claims: claimsOf(settings, figures, write),
	};
}

function rulesTable(figures: Figures, settings: Settings, regularizer: Regularizer, write: Writing): Table {
	const { batchSizes, moderate, epochs, examples, seeds } = settings;
	const rows = [
		...batchSizes.map((batchSize) => ({ name: write.count(batchSize), row: rowOf(figures, regularizer, batchSize) })),
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
				`${write.rate(row?.learningRate ?? Number.NaN)}${row?.atEdge ? " (edge)" : ""}`,
				ruleInWords(rule),
				write.count(fired),
				spanOf(ended, write),
				write.count(Math.round((ended.estimate ?? Number.NaN) * examples)),
				write.percent(saved),
				write.percent(accuracy),
				write.percent(gain),
			]),
		),
	};
}

const choiceTable = ({ choices }: Figures, write: Writing): Table => ({
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
		batchSize === null ? (of === "epoch" ? "mean of all" : "any") : write.count(batchSize),
		write.percent(own),
		write.percent(other),
		write.percent(inflation),
	]),
});
