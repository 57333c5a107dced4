import { formatCount, formatEstimate } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { countColumn, estimateColumn, figureColumn, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import { type Comparison, comparisons, type Figures } from "./figures.js";
import type { Settings } from "./settings.js";

const inWords = {
	"equal epochs": "same rate, equal epochs",
	"same rate": "same rate, equal training loss",
	"tuned rates": "tuned rates, equal training loss",
} as const;

const comparisonColumn = textColumn("compared at", ({ comparison }: { readonly comparison: Comparison }) => inWords[comparison]);

export const tables = ({ ends, ratios, lines }: Figures, { sizes, seeds }: Settings): readonly Table[] => [
	tableOf(
		`Where the runs end, over ${seeds.reporting} seeds`,
		comparisons.flatMap((comparison) => ends[comparison].map((end) => ({ comparison, ...end }))),
		[
			comparisonColumn,
			sizeColumn,
			rateColumn("rate", (end) => end),
			figureColumn("epochs", ({ missing, epochs }) => (missing > 0 ? `${missing} of ${seeds.reporting} missing` : formatEstimate(epochs))),
			estimateColumn("training loss", ({ trainLoss }) => trainLoss),
			percentColumn("held-out accuracy", ({ accuracy }) => accuracy),
			estimateColumn("sharpness", ({ sharpness }) => sharpness),
			percentColumn("of it slope", ({ slopeShare }) => slopeShare),
			estimateColumn("largest eigenvalue", ({ eigenvalue }) => eigenvalue),
		],
	),
	tableOf("Larger batches over the small one, seed by seed", ratios, [
		comparisonColumn,
		sizeColumn,
		estimateColumn("sharpness", ({ sharpness }) => sharpness),
		estimateColumn("largest eigenvalue", ({ eigenvalue }) => eigenvalue),
		estimateColumn("training loss", ({ trainLoss }) => trainLoss),
		percentColumn("held-out accuracy, less", ({ accuracy }) => accuracy),
	]),
	tableOf("Training loss along the line", lines, [
		textColumn("compared at", ({ until }) => inWords[until === "epochs" ? "equal epochs" : "same rate"]),
		countColumn("to batch size", ({ batchSize }) => batchSize),
		estimateColumn("highest in between, above the higher end", ({ hill }) => hill),
		estimateColumn(`bend at ${formatCount(sizes[0].batchSize)}`, ({ bend }) => bend.small),
		estimateColumn("bend at the other end", ({ bend }) => bend.large),
	]),
];
