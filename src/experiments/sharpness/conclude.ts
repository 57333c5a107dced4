import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { byRateChart, lineChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { comparisons, type Figures, figuresOf } from "./figures.js";
import type { Result, Settings } from "./settings.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	const { lines, ...found } = figures;
	return {
		results: { ...found, lines: lines.map(({ lines: own, ...line }) => ({ ...line, seeds: own.length })) } as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [endsTable(figures, settings), ratiosTable(figures), linesTable(figures, settings)],
		charts: [byRateChart(figures, settings, "eigenvalue"), byRateChart(figures, settings, "sharpness"), lineChart(figures, settings)],
		claims: claimsOf(settings, figures),
	};
}

const numeric = (...titles: readonly string[]): Table["columns"] => titles.map((title) => ({ title, numeric: true }));
const textual = (title: string): Table["columns"] => [{ title, numeric: false }];

const inWords = {
	"equal epochs": "same rate, equal epochs",
	"same rate": "same rate, equal training loss",
	"tuned rates": "tuned rates, equal training loss",
} as const;

const endsTable = ({ ends }: Figures, { seeds }: Settings): Table => ({
	title: `Where the runs end, over ${seeds.reporting} seeds`,
	columns: [
		...textual("compared at"),
		...numeric("batch size", "rate", "epochs", "training loss", "held-out accuracy", "sharpness", "of it slope", "largest eigenvalue"),
	],
	rows: comparisons.flatMap((comparison) =>
		ends[comparison].map((one) => [
			inWords[comparison],
			formatCount(one.batchSize),
			one.learningRate === null ? "none" : formatRate(one.learningRate),
			...(one.missing > 0
				? [`${one.missing} of ${seeds.reporting} missing`, "—", "—", "—", "—", "—"]
				: [
						formatEstimate(one.epochs),
						formatEstimate(one.trainLoss),
						formatPercent(one.accuracy),
						formatEstimate(one.sharpness),
						formatPercent(one.slopeShare),
						formatEstimate(one.eigenvalue),
					]),
		]),
	),
});

const ratiosTable = ({ ratios }: Figures): Table => ({
	title: "Larger batches over the small one, seed by seed",
	columns: [
		...textual("compared at"),
		...numeric("batch size", "sharpness", "largest eigenvalue", "training loss", "held-out accuracy, less"),
	],
	rows: ratios.map(({ comparison, batchSize, sharpness, eigenvalue, trainLoss, accuracy }) => [
		inWords[comparison],
		formatCount(batchSize),
		formatEstimate(sharpness),
		formatEstimate(eigenvalue),
		formatEstimate(trainLoss),
		formatPercent(accuracy),
	]),
});

const linesTable = ({ lines }: Figures, { sizes }: Settings): Table => ({
	title: "Training loss along the line",
	columns: [
		...textual("compared at"),
		...numeric(
			"to batch size",
			"highest in between, above the higher end",
			`bend at ${formatCount(sizes[0].batchSize)}`,
			"bend at the other end",
		),
	],
	rows: lines.map(({ until, batchSize, hill, bend }) => [
		inWords[until === "epochs" ? "equal epochs" : "same rate"],
		formatCount(batchSize),
		formatEstimate(hill),
		formatEstimate(bend.small),
		formatEstimate(bend.large),
	]),
});
