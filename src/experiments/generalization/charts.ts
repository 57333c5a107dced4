import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { comparisonNames } from "../../core/comparisons.js";
import type { Chart } from "../experiment.js";
import { type Figures, type Tuning, tunings } from "./figures.js";
import type { Effect } from "./main-effects.js";
import type { Settings } from "./settings.js";

export const chartsOf = (figures: Figures, settings: Settings): readonly Chart[] => [
	...tunings.map((tuning) => sizesChart(figures, settings, tuning, "test")),
	...tunings.map((tuning) => sizesChart(figures, settings, tuning, "gap")),
	levelsChart(figures, settings),
];

const inWords = { untuned: "one rate for all sizes", tuned: "a rate of its own for every size" } as const;

/** Test accuracy or generalization gap against the batch size, one line a budget; untuned and tuned on the same axis. */
function sizesChart({ cells }: Figures, { study, reference, untunedRate }: Settings, tuning: Tuning, what: "test" | "gap"): Chart {
	const title = `${what === "test" ? "Test accuracy" : "Generalization gap"} by batch size, ${inWords[tuning]}`;
	const ends = cells.flatMap((cell) => [cell[what].low, cell[what].high, cell[what].estimate]).filter((end) => end !== null);
	const air = (Math.max(...ends) - Math.min(...ends)) * 0.04 || 0.01;
	return {
		id: `${what === "test" ? "accuracy" : "gap"}-${tuning}`,
		title,
		caption: `${what === "test" ? "At the end of the budget" : "Training accuracy less test accuracy, at the end of the budget"}${tuning === "untuned" ? `, at rate ${untunedRate}` : ""}; means over ${study.seeds.reporting} seeds with 95 % intervals. A run that diverged counts as guessing. At ${reference} the budgets are the same.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title,
				series: comparisonNames.map((budget, i) => ({
					name: `equal ${budget === "seconds" ? "seconds, by the cost model" : budget}`,
					color: seriesColors[i],
					kind: "measured" as const,
					points: cells
						.filter((cell) => cell.budget === budget && cell.tuning === tuning)
						.map((cell) => ({ x: cell.batchSize, y: cell[what].estimate ?? Number.NaN, low: cell[what].low, high: cell[what].high })),
				})),
				x: { title: "batch size", scale: "batch" },
				y: {
					title: what === "test" ? "test accuracy" : "training less test accuracy",
					scale: "linear",
					domain: [Math.min(...ends) - air, Math.max(...ends) + air],
				},
			}),
	};
}

function levelsChart({ crossed }: Figures, settings: Settings): Chart {
	const series = (effect: Effect, name: string, color: string) => ({
		name,
		color,
		kind: "measured" as const,
		points: effect.means.map(({ estimate, low, high }, i) => ({
			x: effect.levels.length === 1 ? 0 : i / (effect.levels.length - 1),
			y: estimate ?? Number.NaN,
			low,
			high,
		})),
	});
	return {
		id: "levels",
		title: "What each factor does to test accuracy",
		caption: `Means over all combinations of the other factors after ${settings.crossed.epochs} epochs, with 95 % intervals over ${settings.crossed.seeds.reporting} seeds, from each factor's lowest level (0) to its highest (1); the table has the levels. A steep line is a large effect.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title: "Mean test accuracy by level",
				series: [
					...crossed.effects.map((effect, i) => series(effect, effect.factor, seriesColors[i])),
					series(crossed.tuned, "batch size, with the best rate for each combination", seriesColors[4]),
				],
				x: { title: "level, from the lowest to the highest", scale: "linear" },
				y: { title: "mean test accuracy", scale: "linear" },
			}),
	};
}
