import type { Table } from "../experiment.js";
import { estimateColumn, fitColumns, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import type { Figures, Row } from "./figures.js";
import type { Settings } from "./settings.js";

const regularizerColumn = textColumn("regularizer", ({ regularizer, wrongLabels }: Row) =>
	wrongLabels > 0 ? regularizer : "none, every label right",
);

export function tables({ rows }: Figures, { regularizers, seeds }: Settings): readonly Table[] {
	const place = ({ regularizer, wrongLabels }: Row) => (wrongLabels > 0 ? regularizers.indexOf(regularizer) : regularizers.length);
	const sorted = [...rows].sort((a, b) => place(a) - place(b) || a.batchSize - b.batchSize);
	return [
		tableOf("What each regularizer does at each batch size", sorted, [
			regularizerColumn,
			sizeColumn,
			rateColumn("rate", (row) => row),
			estimateColumn("rise of the held-out loss", ({ rise }) => rise),
			estimateColumn("less than without", ({ effect }) => effect),
			percentColumn("test accuracy at the end", ({ accuracy }) => accuracy),
			percentColumn("where the validation loss was least", ({ accuracyAtLeast }) => accuracyAtLeast),
		]),
		tableOf("Under-, well- or over-fitted, by the rule that reads learning curves", sorted, [
			regularizerColumn,
			sizeColumn,
			...fitColumns(seeds.reporting),
		]),
	];
}
