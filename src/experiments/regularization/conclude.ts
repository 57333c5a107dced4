import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import type { Cell } from "../lab/overfit/cell.js";
import { accuracyChart, curvesChart, riseChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf, type Row } from "./figures.js";
import type { Settings } from "./settings.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, cells: readonly Cell[]): Conclusion {
	const figures = figuresOf(settings, cells);
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [riseTable(figures, settings), fitTable(figures, settings)],
		charts: [riseChart(figures, settings), curvesChart(settings, cells), accuracyChart(figures, settings)],
		claims: claimsOf(settings, figures),
	};
}

const nameOf = ({ regularizer, wrongLabels }: Row): string => (wrongLabels > 0 ? regularizer : "none, every label right");

/** Regularizer by regularizer, then by batch size. */
const sorted = ({ rows }: Figures, { regularizers }: Settings): readonly Row[] => {
	const place = ({ regularizer, wrongLabels }: Row) => (wrongLabels > 0 ? regularizers.indexOf(regularizer) : regularizers.length);
	return [...rows].sort((a, b) => place(a) - place(b) || a.batchSize - b.batchSize);
};

const riseTable = (figures: Figures, settings: Settings): Table => ({
	title: "What each regularizer does at each batch size",
	columns: [
		{ title: "regularizer", numeric: false },
		{ title: "batch size", numeric: true },
		{ title: "rate", numeric: true },
		{ title: "rise of the held-out loss", numeric: true },
		{ title: "less than without", numeric: true },
		{ title: "test accuracy at the end", numeric: true },
		{ title: "where the validation loss was least", numeric: true },
	],
	rows: sorted(figures, settings).map((row) => [
		nameOf(row),
		formatCount(row.batchSize),
		`${formatRate(row.learningRate)}${row.atEdge ? " (edge)" : ""}`,
		formatEstimate(row.rise),
		row.effect ? formatEstimate(row.effect) : "",
		formatPercent(row.accuracy),
		formatPercent(row.accuracyAtLeast),
	]),
});

const fits = ["under-fitted", "well-fitted", "over-fitted"] as const;

const fitTable = (figures: Figures, settings: Settings): Table => ({
	title: "Under-, well- or over-fitted, by the rule that reads learning curves",
	columns: [
		{ title: "regularizer", numeric: false },
		{ title: "batch size", numeric: true },
		...fits.map((fit) => ({ title: `${fit}, of ${settings.seeds.reporting} runs`, numeric: true })),
	],
	rows: sorted(figures, settings).map((row) => [nameOf(row), formatCount(row.batchSize), ...fits.map((fit) => formatCount(row.fits[fit]))]),
});
