import { formatCount } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { estimateOf } from "../lab/estimates.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { countColumn, figureColumn, percentColumn, rateColumn, tableOf, textColumn } from "../lab/table.js";
import { type Choice, type Figures, rowOf, rowsOf, spanOf } from "./figures.js";
import { ruleInWords } from "./rules.js";
import type { Settings } from "./settings.js";

export const tables = (figures: Figures, settings: Settings): readonly Table[] => [
	...settings.regularizers.map((regularizer) => rulesTable(figures, settings, regularizer)),
	tableOf("What choosing on the test set does, without a regularizer", figures.choices, [
		textColumn("chosen", ({ of }) => (of === "both" ? "epoch and batch size" : of)),
		figureColumn("batch size", sizesOf),
		percentColumn("accuracy on the set used for the choice", ({ own }) => own),
		percentColumn("on the other set", ({ other }) => other),
		percentColumn("difference", ({ inflation }) => inflation),
	]),
];

const sizesOf = ({ of, batchSize }: Choice): string => {
	if (batchSize !== null) return formatCount(batchSize);
	return of === "epoch" ? "mean of all" : "any";
};

function rulesTable(figures: Figures, settings: Settings, regularizer: Regularizer): Table {
	const { moderate, epochs, examples, seeds } = settings;
	const right = rowOf(figures, regularizer, moderate, true);
	const rows = [
		...rowsOf(figures, settings, regularizer).map((row) => ({ name: formatCount(row.batchSize), row })),
		...(right ? [{ name: `${moderate}, every label right`, row: right }] : []),
	];
	return tableOf(
		`Each rule ${regularizer === "none" ? "without a regularizer" : `with ${regularizer}`}`,
		rows.flatMap(({ name, row }) => row.rules.map((ruled) => ({ name, row, ...ruled }))),
		[
			figureColumn("batch size", ({ name }) => name),
			rateColumn("rate", ({ row }) => row),
			textColumn("rule", ({ rule }) => ruleInWords(rule)),
			countColumn(`stopped, of ${seeds.reporting} runs`, ({ fired }) => fired),
			figureColumn("after epochs", (ruled) => spanOf(ruled.epochs)),
			countColumn("examples", (ruled) => Math.round(estimateOf(ruled.epochs) * examples)),
			percentColumn("saved", ({ saved }) => saved),
			percentColumn("test accuracy", ({ accuracy }) => accuracy),
			percentColumn(`gain over ${epochs} epochs`, ({ gain }) => gain),
		],
	);
}
