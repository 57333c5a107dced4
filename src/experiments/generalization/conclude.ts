import { median } from "../../analysis/bootstrap.js";
import type { Json } from "../../core/canonical.js";
import type { Conclusion, Table, Writing } from "../experiment.js";
import { chartsOf } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf } from "./figures.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[], write: Writing): Conclusion {
	const figures = figuresOf(settings, results);
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings, write),
		tables: [cellsTable(figures, write), effectsTable(figures, write), costTable(figures, settings, write)],
		charts: chartsOf(figures, settings),
		claims: claimsOf(figures, settings, write),
	};
}

const cellsTable = ({ cells }: Figures, write: Writing): Table => ({
	title: "Accuracy at the end of every budget",
	columns: [
		{ title: "held equal", numeric: false },
		{ title: "rate", numeric: false },
		{ title: "batch size", numeric: true },
		{ title: "steps", numeric: true },
		{ title: "learning rate", numeric: true },
		{ title: "training accuracy", numeric: true },
		{ title: "test accuracy", numeric: true },
		{ title: "gap", numeric: true },
		{ title: "diverged", numeric: true },
	],
	rows: [...cells]
		.sort((a, b) => a.budget.localeCompare(b.budget) || b.tuning.localeCompare(a.tuning) || a.batchSize - b.batchSize)
		.map(({ budget, tuning, batchSize, steps, learningRate, atEdge, train, test, gap, diverged }) => [
			budget,
			tuning,
			write.count(batchSize),
			write.count(steps),
			learningRate === null ? "all diverged" : `${write.rate(learningRate)}${atEdge ? " (edge)" : ""}`,
			write.percent(train),
			write.percent(test),
			write.percent(gap),
			write.count(diverged),
		]),
});

const effectsTable = ({ crossed: { effects, tuned } }: Figures, write: Writing): Table => ({
	title: "Main effects in the crossed design",
	columns: [
		{ title: "factor", numeric: false },
		{ title: "levels", numeric: false },
		{ title: "mean test accuracy at each", numeric: false },
		{ title: "their standard deviation", numeric: true },
	],
	rows: [
		...effects.map((effect) => ({ name: effect.factor as string, effect })),
		{ name: "batch size, best rate for each combination", effect: tuned },
	].map(({ name, effect: { levels, means, size } }) => [
		name,
		levels.map(write.rate).join(", "),
		means.map((mean) => write.percent(mean)).join(", "),
		write.percent(size),
	]),
});

/** Whether equal seconds by the model are equal seconds here. */
const costTable = ({ stepTimes }: Figures, { overhead, reference }: Settings, write: Writing): Table => {
	const at = (batchSize: number) => median(stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []);
	return {
		title: `Time per step: the cost model beside this machine, one thread`,
		columns: ["batch size", `model, over that of ${reference}`, `here, over that of ${reference}`, "µs here"].map((title) => ({
			title,
			numeric: true,
		})),
		rows: stepTimes.map(({ batchSize }) => [
			write.count(batchSize),
			write.number((overhead + batchSize) / (overhead + reference)),
			write.number(at(batchSize) / at(reference)),
			write.number(1e6 * at(batchSize)),
		]),
	};
};
