import { formatCount } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { estimateColumn, numberColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import type { Figures, Stage } from "./figures.js";
import type { Settings } from "./settings.js";

export const tables = ({ early, late, paths }: Figures, settings: Settings): readonly Table[] => [
	normsTable(early, settings),
	normsTable(late, settings),
	tableOf(
		"Slope of the mean squared norm against the batch size, both logarithmic",
		[early, late].flatMap(({ epochs, slopes }) => slopes.map((slope) => ({ epochs, ...slope }))),
		[
			textColumn("gradient", ({ reduction }) => (reduction === "mean" ? "averaged" : "summed")),
			textColumn("after", ({ epochs }) => `${epochs} epochs`),
			textColumn("batch sizes", ({ batchSizes }) => batchSizes.map(formatCount).join(" to ")),
			estimateColumn("measured", ({ measured }) => measured),
			numberColumn("closed form", ({ expected }) => expected),
		],
	),
	tableOf(`How far apart summed and averaged runs end after ${settings.paths.epochs} epochs, as a share of the way`, paths, [
		sizeColumn,
		estimateColumn("η/B, whole batches", ({ whole }) => whole),
		estimateColumn("η/B, partial last batch kept", ({ partial }) => partial),
		estimateColumn("2η/B, whole batches", ({ otherRate }) => otherRate),
	]),
];

const normsTable = ({ epochs, sizes }: Stage, { batches }: Settings): Table =>
	tableOf(`Norms of ${formatCount(batches)} batches of each size after ${epochs} epochs, averages over seeds`, sizes, [
		sizeColumn,
		numberColumn("averaged: mean norm", ({ mean }) => mean),
		numberColumn("its sd", ({ deviation }) => deviation),
		numberColumn("its variance (norm squared)", ({ variance }) => variance),
		numberColumn("summed: mean norm", ({ batchSize, mean }) => batchSize * mean),
		numberColumn("its sd", ({ batchSize, deviation }) => batchSize * deviation),
		numberColumn("its variance (norm squared)", ({ batchSize, variance }) => batchSize * batchSize * variance),
		estimateColumn("mean squared norm over the closed form", ({ ratio }) => ratio),
	]);
