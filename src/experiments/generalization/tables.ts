import { median } from "../../analysis/bootstrap.js";
import { formatPercent, formatRate } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { countColumn, numberColumn, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import type { Cell, Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export function tables({ cells, crossed, stepTimes }: Figures, { overhead, reference }: Settings): readonly Table[] {
	/** Of this machine. */
	const secondsAt = (batchSize: number) => median(stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []);
	return [
		tableOf("Accuracy at the end of every budget", [...cells].sort(byArm), [
			textColumn("held equal", ({ budget }) => budget),
			textColumn("rate", ({ tuning }) => tuning),
			sizeColumn,
			countColumn("steps", ({ steps }) => steps),
			rateColumn("learning rate", (cell) => cell, "all diverged"),
			percentColumn("training accuracy", ({ train }) => train),
			percentColumn("test accuracy", ({ test }) => test),
			percentColumn("gap", ({ gap }) => gap),
			countColumn("diverged", ({ diverged }) => diverged),
		]),
		tableOf(
			"Main effects in the crossed design",
			[
				...crossed.effects.map((effect) => ({ name: effect.factor, ...effect })),
				{ name: "batch size, best rate for each combination", ...crossed.tuned },
			],
			[
				textColumn("factor", ({ name }) => name),
				textColumn("levels", ({ levels }) => levels.map(formatRate).join(", ")),
				textColumn("mean test accuracy at each", ({ means }) => means.map(formatPercent).join(", ")),
				percentColumn("their standard deviation", ({ size }) => size),
			],
		),
		// Whether equal seconds by the model are equal seconds here.
		tableOf("Time per step: the cost model and this machine, one thread", stepTimes, [
			sizeColumn,
			numberColumn(`model, over that of ${reference}`, ({ batchSize }) => (overhead + batchSize) / (overhead + reference)),
			numberColumn(`here, over that of ${reference}`, ({ batchSize }) => secondsAt(batchSize) / secondsAt(reference)),
			numberColumn("µs here", ({ batchSize }) => 1e6 * secondsAt(batchSize)),
		]),
	];
}

/** By budget, untuned first, by ascending batch size. */
const byArm = (a: Cell, b: Cell): number =>
	a.budget.localeCompare(b.budget) || b.tuning.localeCompare(a.tuning) || a.batchSize - b.batchSize;
