import { seriesColors } from "../../charts/series-chart.js";
import { comparisonNames } from "../../core/comparisons.js";
import type { Chart } from "../experiment.js";
import { bySize, chartOfSeries, measured, pointAt, sizeAxis } from "../lab/series.js";
import { type Figures, type Tuning, tunings } from "./figures.js";
import type { Effect } from "./main-effects.js";
import type { Settings } from "./settings.js";

export const charts = (figures: Figures, settings: Settings): readonly Chart[] => [
	...tunings.map((tuning) => sizesChart(figures, settings, tuning, "test")),
	...tunings.map((tuning) => sizesChart(figures, settings, tuning, "gap")),
	levelsChart(figures, settings),
];

const inWords = { untuned: "one rate for all sizes", tuned: "a rate of its own for every size" } as const;

const quantities = {
	test: { id: "accuracy", title: "Test accuracy", axis: "test accuracy", what: "At the end of the budget" },
	gap: {
		id: "gap",
		title: "Generalization gap",
		axis: "training less test accuracy",
		what: "Training accuracy less test accuracy, at the end of the budget",
	},
} as const;

/** One line a budget; untuned and tuned on the same axis. */
function sizesChart({ cells }: Figures, { study, reference, untunedRate }: Settings, tuning: Tuning, quantity: "test" | "gap"): Chart {
	const { id, title, axis, what } = quantities[quantity];
	const ends = cells.flatMap((cell) => [cell[quantity].low, cell[quantity].high, cell[quantity].estimate]).filter((end) => end !== null);
	const air = (Math.max(...ends) - Math.min(...ends)) * 0.04 || 0.01;
	return chartOfSeries({
		id: `${id}-${tuning}`,
		title: `${title} by batch size, ${inWords[tuning]}`,
		caption: `${what}${tuning === "untuned" ? `, at rate ${untunedRate}` : ""}; means over ${study.seeds.reporting} seeds with 95 % intervals. A run that diverged counts as guessing. At ${reference} the budgets are the same.`,
		series: comparisonNames.map((budget, i) => {
			const own = cells.filter((cell) => cell.budget === budget && cell.tuning === tuning);
			const name = `equal ${budget === "seconds" ? "seconds, by the cost model" : budget}`;
			return bySize(name, seriesColors[i], own, (cell) => cell[quantity]);
		}),
		x: sizeAxis,
		y: { title: axis, scale: "linear", domain: [Math.min(...ends) - air, Math.max(...ends) + air] },
	});
}

function levelsChart({ crossed }: Figures, settings: Settings): Chart {
	const line = (effect: Effect, name: string, color: string) => {
		const last = Math.max(1, effect.levels.length - 1);
		const points = effect.means.map((mean, i) => pointAt(i / last, mean));
		return measured(name, color, points);
	};
	return chartOfSeries({
		id: "levels",
		title: "What each factor does to test accuracy",
		caption: `Means over all combinations of the other factors after ${settings.crossed.epochs} epochs, with 95 % intervals over ${settings.crossed.seeds.reporting} seeds, from each factor's lowest level (0) to its highest (1); the table has the levels. A steep line is a large effect.`,
		series: [
			...crossed.effects.map((effect, i) => line(effect, effect.factor, seriesColors[i])),
			line(crossed.tuned, "batch size, with the best rate for each combination", seriesColors[4]),
		],
		x: { title: "level, from the lowest to the highest", scale: "linear" },
		y: { title: "mean test accuracy", scale: "linear" },
	});
}
