import { batchColors } from "../../charts/batch-colors.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./runs.js";

/** Accuracy or distance against the rate, one line a batch size. */
export function byRateChart({ cells }: Figures, { batchSizes, epochs, seeds }: Settings, what: "accuracy" | "distance"): Chart {
	const title = what === "accuracy" ? "Held-out accuracy by learning rate" : "Distance by learning rate";
	return {
		id: `${what}-by-rate`,
		title,
		caption: `After ${epochs} epochs; ${what === "accuracy" ? "means" : "geometric means"} over ${seeds.reporting} seeds with 95 % intervals. A line ends where a run diverged.`,
		draw: (canvas) => {
			const color = batchColors(batchSizes);
			return seriesChart(canvas, {
				title,
				series: batchSizes.map((batchSize) => ({
					name: `batch size ${formatCount(batchSize)}`,
					color: color(batchSize),
					kind: "measured" as const,
					points: cells
						.filter((cell) => cell.batchSize === batchSize)
						.map(({ learningRate, accuracy, distance }) => {
							const { estimate, low, high } = what === "accuracy" ? accuracy : distance;
							return { x: learningRate, y: estimate ?? Number.NaN, low, high };
						}),
				})),
				x: { title: "learning rate", scale: "log" },
				y:
					what === "accuracy"
						? { title: "held-out accuracy", scale: "linear" }
						: { title: "distance from the initial weights", scale: "log" },
			});
		},
	};
}

/** The best rate against the batch size, with the rules of thumb through the reference's. */
export const bestChart = ({ best, rules }: Figures, { batchSizes, restore }: Settings): Chart => ({
	id: "best-rate",
	title: "The best learning rate by batch size",
	caption: `Geometric mean over all seeds with its 95 % interval, read off between the rates that were tried. Dashed: rules of thumb through the best rate of ${restore.reference}.`,
	draw: (canvas) => {
		const reference = best.find(({ batchSize }) => batchSize === restore.reference)?.optimum.estimate ?? Number.NaN;
		return seriesChart(canvas, {
			title: "The best learning rate by batch size",
			series: [
				{
					name: "measured",
					color: seriesColors[0],
					kind: "measured",
					points: best.map(({ batchSize, optimum: { estimate, low, high } }) => ({ x: batchSize, y: estimate ?? Number.NaN, low, high })),
				},
				...rules.map(({ name, exponent }, i) => ({
					name: name === "none" ? "no scaling" : name,
					color: seriesColors[i + 1],
					kind: "theory" as const,
					points: batchSizes.map((batchSize) => ({
						x: batchSize,
						y: reference * (batchSize / restore.reference) ** exponent,
						low: null,
						high: null,
					})),
				})),
			],
			x: { title: "batch size", scale: "batch" },
			y: { title: "best learning rate", scale: "log" },
		});
	},
});
