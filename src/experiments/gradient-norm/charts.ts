import { seriesColors } from "../../charts/series-chart.js";
import type { Chart } from "../experiment.js";
import { scaled } from "../lab/estimates.js";
import { bySize, chartOfSeries, measured, sizeAxis, theory } from "../lab/series.js";
import type { Figures, Reduction } from "./figures.js";
import type { Settings } from "./settings.js";

const inWords = { mean: "averaged over the batch", sum: "summed over the batch" } as const;

const stages = ({ early, late }: Figures) => [
	{ stage: early, color: seriesColors[1] },
	{ stage: late, color: seriesColors[2] },
];

export const charts = (figures: Figures, settings: Settings): readonly Chart[] => [
	normsChart(figures, settings, "mean"),
	normsChart(figures, settings, "sum"),
	chartOfSeries({
		id: "squares",
		title: "Squared gradient norm, summed over the batch, against the closed form",
		caption: `Mean squared norm over B, geometric mean over ${settings.seeds} seeds with its 95 % interval: what is linear in the batch size is level here. Dashed: B·|G|² + (1 − B/N)·tr(Σ) from all training examples at the same weights, with nothing fitted. It leaves the level at the noise scale, where both terms are equal.`,
		series: stages(figures).flatMap(({ stage: { epochs, sizes }, color }) => [
			bySize(`after ${epochs} epochs`, color, sizes, ({ batchSize, meanSquare }) => scaled(meanSquare, batchSize)),
			theory(`closed form, ${epochs} epochs`, color, sizes, ({ batchSize, expectedSquare }) => batchSize * expectedSquare),
		]),
		x: sizeAxis,
		y: { title: "mean squared norm of the sum, over B", scale: "log" },
	}),
];

const normsChart = (figures: Figures, { batches, seeds }: Settings, reduction: Reduction): Chart =>
	chartOfSeries({
		id: `norms-${reduction}`,
		title: `Gradient norm, ${inWords[reduction]}`,
		caption: `Mean Euclidean norm over ${batches} batches of each size, averaged over ${seeds} seeds. The band is one standard deviation from batch to batch, not an interval of the mean; where it is longer than the mean it runs off the logarithmic axis. Of the full batch there is only one.`,
		series: stages(figures).map(({ stage: { epochs, sizes }, color }) => {
			const points = sizes.map(({ batchSize, mean, deviation }) => {
				const times = reduction === "sum" ? batchSize : 1;
				return { x: batchSize, y: times * mean, low: times * (mean - deviation), high: times * (mean + deviation) };
			});
			return measured(`after ${epochs} epochs`, color, points);
		}),
		x: sizeAxis,
		y: { title: "gradient norm ± sd over batches", scale: "log" },
	});
