import { formatCount, formatEstimate, formatPercent, formatRate } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { estimateColumn, figureColumn, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import { type Cell, type Figures, ruleInWords } from "./figures.js";
import type { Settings } from "./settings.js";

export function tables(figures: Figures, settings: Settings): readonly Table[] {
	const { restore } = settings;
	const large = formatCount(restore.batchSize);
	return [
		tableOf("The best rate of each batch size", figures.best, [
			sizeColumn,
			figureColumn("best of those tried", ({ chosen }) => formatRate(chosen)),
			estimateColumn("between them", ({ optimum }) => optimum),
			percentColumn("held-out accuracy there", ({ accuracy }) => accuracy),
			textColumn("at the edge of the range", ({ atEdge }) => (atEdge ? "yes" : "no")),
		]),
		tableOf(`Rules of thumb: from the best rate of ${restore.reference} to that of ${large}`, figures.rules, [
			textColumn("rule", ({ name }) => ruleInWords[name]),
			rateColumn("rate", (rule) => rule, "not tried"),
			percentColumn("held-out accuracy", ({ accuracy }) => accuracy),
			percentColumn("less that at its own best rate", ({ loss }) => loss),
		]),
		mapTable(figures, settings, "Held-out accuracy", ({ accuracy }) => formatPercent(accuracy)),
		mapTable(figures, settings, "Distance from the initial weights", (cell) => formatEstimate(cell.distance)),
		tableOf(`B = ${large} and B = ${restore.reference}, at the same rate and at ${restore.factor} times the rate`, figures.restored, [
			rateColumn("rate", (row) => row),
			estimateColumn("share of the distance, same rate", ({ before }) => before),
			estimateColumn("raised", ({ after }) => after),
			percentColumn(`accuracy of ${restore.reference}`, ({ accuracy }) => accuracy.reference),
			percentColumn(`of ${large}, same rate`, ({ accuracy }) => accuracy.before),
			percentColumn("raised", ({ accuracy }) => accuracy.after),
		]),
	];
}

/** A row for each rate, a column for each batch size. */
function mapTable({ cells }: Figures, { batchSizes, rates, epochs, seeds }: Settings, what: string, shown: (cell: Cell) => string): Table {
	const cellAt = (batchSize: number, learningRate: number): string => {
		const cell = cells.find((one) => one.batchSize === batchSize && one.learningRate === learningRate);
		if (!cell) return "";
		return cell.diverged > 0 ? `${cell.diverged} of ${seeds.reporting} diverged` : shown(cell);
	};
	return tableOf(`${what} after ${epochs} epochs, by learning rate and batch size`, rates, [
		figureColumn("rate", formatRate),
		...batchSizes.map((batchSize) => figureColumn(`B = ${formatCount(batchSize)}`, (rate: number) => cellAt(batchSize, rate))),
	]);
}
