import { median } from "../../analysis/bootstrap.js";
import type { Json } from "../../core/canonical.js";
import { formatCount, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { chartsOf } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf } from "./figures.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";
import { wordsOf } from "./words.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [cellsTable(figures), effectsTable(figures), costTable(figures, settings)],
		charts: chartsOf(figures, settings),
		claims: claimsOf(figures, settings),
	};
}

const cellsTable = ({ cells }: Figures): Table => ({
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
			formatCount(batchSize),
			formatCount(steps),
			learningRate === null ? "all diverged" : `${formatRate(learningRate)}${atEdge ? " (edge)" : ""}`,
			formatPercent(train),
			formatPercent(test),
			formatPercent(gap),
			formatCount(diverged),
		]),
});

const effectsTable = ({ crossed: { effects, tuned } }: Figures): Table => ({
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
		levels.map(formatRate).join(", "),
		means.map((mean) => formatPercent(mean)).join(", "),
		formatPercent(size),
	]),
});

/** Whether equal seconds by the model are equal seconds here. */
const costTable = ({ stepTimes }: Figures, { overhead, reference }: Settings): Table => {
	const at = (batchSize: number) => median(stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []);
	return {
		title: `Time per step: the cost model beside this machine, one thread`,
		columns: ["batch size", `model, over that of ${reference}`, `here, over that of ${reference}`, "µs here"].map((title) => ({
			title,
			numeric: true,
		})),
		rows: stepTimes.map(({ batchSize }) => [
			formatCount(batchSize),
			formatNumber((overhead + batchSize) / (overhead + reference)),
			formatNumber(at(batchSize) / at(reference)),
			formatNumber(1e6 * at(batchSize)),
		]),
	};
};
