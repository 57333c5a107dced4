import { formatEstimate, formatRate } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { estimateOf } from "../lab/estimates.js";
import { countColumn, estimateColumn, figureColumn, numberColumn, sizeColumn, tableOf } from "../lab/table.js";
import { type Arm, armsAt, type Figures, type Reduction } from "./figures.js";
import type { Settings } from "./settings.js";

export const tables = (figures: Figures, settings: Settings): readonly Table[] => [
	distanceTable(figures, settings, "mean"),
	distanceTable(figures, settings, "sum"),
	stepsTable(figures, settings),
];

function distanceTable(figures: Figures, { batchSizes, rates, epochs }: Settings, reduction: Reduction): Table {
	const rows = batchSizes.map((batchSize, i) => ({ batchSize, arms: rates[reduction].map((rate) => armsAt(figures, reduction, rate)[i]) }));
	return tableOf(
		`Distance from the initial weights after ${epochs} epochs, gradients ${reduction === "mean" ? "averaged" : "summed"}`,
		rows,
		[
			sizeColumn,
			...rates[reduction].flatMap((rate, i) => [
				figureColumn<(typeof rows)[number]>(`rate ${formatRate(rate)}`, ({ arms }) => distanceOf(arms[i])),
				estimateColumn<(typeof rows)[number]>("held-out accuracy", ({ arms }) => arms[i].accuracy),
			]),
		],
	);
}

function distanceOf({ travels, afterEpochs }: Arm): string {
	const diverged = travels.filter((travel) => travel.diverged).length;
	return diverged > 0 ? `${diverged} of ${travels.length} diverged` : formatEstimate(afterEpochs);
}

function stepsTable(figures: Figures, { rates, steps }: Settings): Table {
	const examplesOf = ({ travels: [first] }: Arm) => first.examples[first.step.indexOf(steps)] ?? Number.NaN;
	return tableOf(
		`After ${steps} steps at rate ${formatRate(rates.mean[1])}, gradients averaged`,
		armsAt(figures, "mean", rates.mean[1]).map((arm, i) => ({ ...arm, ratio: figures.atEqualSteps[1].sizes[i]?.ratio })),
		[
			sizeColumn,
			estimateColumn("distance", ({ afterSteps }) => afterSteps),
			figureColumn("over the full batch's", ({ ratio }) => (ratio ? formatEstimate(ratio) : "1")),
			estimateColumn("over the summed lengths of the steps", ({ straightness }) => straightness),
			countColumn("examples used", examplesOf),
			numberColumn("distance per 1,000 examples", (arm) => (1000 * estimateOf(arm.afterSteps)) / examplesOf(arm)),
		],
	);
}
