import { type Series, seriesChart, seriesColors } from "../../charts/series-chart.js";
import type { Chart } from "../experiment.js";
import type { Figures, Reduction, SizeFigures, Stage } from "./figures.js";
import type { Settings } from "./settings.js";

const inWords = { mean: "averaged over the batch", sum: "summed over the batch" } as const;

const stages = ({ early, late }: Figures): readonly { readonly stage: Stage; readonly color: string }[] => [
	{ stage: early, color: seriesColors[1] },
	{ stage: late, color: seriesColors[2] },
];

export function normsChart(figures: Figures, { batches, seeds }: Settings, reduction: Reduction): Chart {
	const title = `Gradient norm, ${inWords[reduction]}`;
	return {
		id: `norms-${reduction}`,
		title,
		caption: `Mean Euclidean norm over ${batches} batches of each size, averaged over ${seeds} seeds. The band is one standard deviation from batch to batch, not an interval of the mean; where it is longer than the mean it runs off the logarithmic axis. Of the full batch there is but one.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title,
				series: stages(figures).map(({ stage, color }): Series => {
					const times = ({ batchSize }: SizeFigures) => (reduction === "sum" ? batchSize : 1);
					return {
						name: `after ${stage.epochs} epochs`,
						color,
						kind: "measured",
						points: stage.sizes.map((size) => ({
							x: size.batchSize,
							y: times(size) * size.mean,
							low: times(size) * (size.mean - size.deviation),
							high: times(size) * (size.mean + size.deviation),
						})),
					};
				}),
				x: { title: "batch size", scale: "batch" },
				y: { title: "gradient norm ± sd over batches", scale: "log" },
			}),
	};
}

export function squaresChart(figures: Figures, { seeds }: Settings): Chart {
	const title = "Squared gradient norm, summed over the batch, against the closed form";
	return {
		id: "squares",
		title,
		caption: `Mean squared norm over B, geometric mean over ${seeds} seeds with its 95 % interval: what is linear in the batch size is level here. Dashed: B·|G|² + (1 − B/N)·tr(Σ) from all training examples at the same weights, with nothing fitted. It leaves the level at the noise scale, where both terms are equal.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title,
				series: stages(figures).flatMap(({ stage, color }): Series[] => {
					const times = (batchSize: number, y: number | null) => (y === null ? null : batchSize * y);
					return [
						{
							name: `after ${stage.epochs} epochs`,
							color,
							kind: "measured",
							points: stage.sizes.map(({ batchSize, meanSquare: { estimate, low, high } }) => ({
								x: batchSize,
								y: times(batchSize, estimate) ?? Number.NaN,
								low: times(batchSize, low),
								high: times(batchSize, high),
							})),
						},
						{
							name: `closed form, ${stage.epochs} epochs`,
							color,
							kind: "theory",
							points: stage.sizes.map(({ batchSize, expectedSquare }) => ({
								x: batchSize,
								y: batchSize * expectedSquare,
								low: null,
								high: null,
							})),
						},
					];
				}),
				x: { title: "batch size", scale: "batch" },
				y: { title: "mean squared norm of the sum, over B", scale: "log" },
			}),
	};
}
