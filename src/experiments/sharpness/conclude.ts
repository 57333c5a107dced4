import type { Json } from "../../core/canonical.js";
import type { Conclusion, Table, Writing } from "../experiment.js";
import { byRateChart, lineChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { comparisons, type Figures, figuresOf } from "./figures.js";
import type { Result, Settings } from "./settings.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[], write: Writing): Conclusion {
	const figures = figuresOf(settings, results);
	const { lines, ...found } = figures;
	return {
		results: { ...found, lines: lines.map(({ lines: own, ...line }) => ({ ...line, seeds: own.length })) } as unknown as Json,
		words: wordsOf(figures, settings, write),
		tables: [endsTable(figures, settings, write), ratiosTable(figures, write), linesTable(figures, settings, write)],
		charts: [
			byRateChart(figures, settings, "eigenvalue"),
			byRateChart(figures, settings, "sharpness"),
			lineChart(figures, settings, write),
		],
		claims: claimsOf(settings, figures, write),
	};
}

const numeric = (...titles: readonly string[]): Table["columns"] => titles.map((title) => ({ title, numeric: true }));
const textual = (title: string): Table["columns"] => [{ title, numeric: false }];

const inWords = {
	"equal epochs": "same rate, equal epochs",
	"same rate": "same rate, equal training loss",
	"tuned rates": "tuned rates, equal training loss",
} as const;

const endsTable = ({ ends }: Figures, { seeds }: Settings, write: Writing): Table => ({
	title: `Where the runs end, over ${seeds.reporting} seeds`,
	columns: [
		...textual("compared at"),
		...numeric("batch size", "rate", "epochs", "training loss", "held-out accuracy", "sharpness", "of it slope", "largest eigenvalue"),
	],
	rows: comparisons.flatMap((comparison) =>
		ends[comparison].map((one) => [
			inWords[comparison],
			write.count(one.batchSize),
			one.learningRate === null ? "none" : write.rate(one.learningRate),
			...(one.missing > 0
				? [`${one.missing} of ${seeds.reporting} missing`, "—", "—", "—", "—", "—"]
				: [
						write.interval(one.epochs),
						write.interval(one.trainLoss),
						write.percent(one.accuracy),
						write.interval(one.sharpness),
						write.percent(one.slopeShare),
						write.interval(one.eigenvalue),
					]),
		]),
	),
});

const ratiosTable = ({ ratios }: Figures, write: Writing): Table => ({
	title: "Larger batches over the small one, seed by seed",
	columns: [
		...textual("compared at"),
		...numeric("batch size", "sharpness", "largest eigenvalue", "training loss", "held-out accuracy, less"),
	],
	rows: ratios.map(({ comparison, batchSize, sharpness, eigenvalue, trainLoss, accuracy }) => [
		inWords[comparison],
		write.count(batchSize),
		write.interval(sharpness),
		write.interval(eigenvalue),
		write.interval(trainLoss),
		write.percent(accuracy),
	]),
});

const linesTable = ({ lines }: Figures, { sizes }: Settings, write: Writing): Table => ({
	title: "Training loss along the line",
	columns: [
		...textual("compared at"),
		...numeric(
			"to batch size",
			"highest in between, above the higher end",
			`bend at ${write.count(sizes[0].batchSize)}`,
			"bend at the other end",
		),
	],
	rows: lines.map(({ until, batchSize, hill, bend }) => [
		inWords[until === "epochs" ? "equal epochs" : "same rate"],
		write.count(batchSize),
		write.interval(hill),
		write.interval(bend.small),
		write.interval(bend.large),
	]),
});
