import { geometricMeanInterval } from "../../analysis/means.js";
import { batchColors } from "../../charts/batch-colors.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { formatCount, formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { type Arm, distanceAt, type Figures } from "./figures.js";
import type { Settings } from "./settings.js";

const inWords = { mean: "averaged", sum: "summed" } as const;

/** As many places as can be told apart on a logarithmic axis. */
const shown = 24;

/** Epochs from which on the way is drawn. */
const earliest = 0.01;

const armsAt = ({ arms }: Figures, reduction: "mean" | "sum", learningRate: number): readonly Arm[] =>
	arms.filter((arm) => arm.reduction === reduction && arm.learningRate === learningRate);

export function bySizeChart(figures: Figures, { rates, epochs, seeds }: Settings, reduction: "mean" | "sum"): Chart {
	const title = `Distance after ${epochs} epochs, gradients ${inWords[reduction]}`;
	return {
		id: `by-size-${reduction}`,
		title,
		caption: `Geometric mean over ${seeds} seeds with its 95 % interval; one line a learning rate. Where a run diverged there is nothing.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title,
				series: rates[reduction].map((rate, i) => ({
					name: `rate ${formatRate(rate)}`,
					color: seriesColors[i],
					kind: "measured",
					points: armsAt(figures, reduction, rate).map(({ batchSize, afterEpochs: { estimate, low, high } }) => ({
						x: batchSize,
						y: estimate ?? Number.NaN,
						low,
						high,
					})),
				})),
				x: { title: "batch size", scale: "batch" },
				y: { title: "distance from the initial weights", scale: "log" },
			}),
	};
}

/** The middle rate's lines, one a batch size, in its colour. */
const lines = (
	figures: Figures,
	{ rates, batchSizes }: Settings,
	column: "step" | "examples",
	unit: number,
	from: number,
	last: number,
) => {
	const color = batchColors(batchSizes);
	return armsAt(figures, "mean", rates.mean[1]).map(({ batchSize, travels }) => {
		const [first] = travels;
		const places = first[column].filter((place) => place >= from && place <= last);
		const looks = new Set(Array.from({ length: shown }, (_, k) => Math.round((places.length - 1) * (k / (shown - 1)))));
		return {
			name: `batch size ${formatCount(batchSize)}`,
			color: color(batchSize),
			kind: "measured" as const,
			points: [...looks].map((look) => {
				const { estimate, low, high } = geometricMeanInterval(travels.map((travel) => distanceAt(travel, column, places[look])));
				return { x: places[look] / unit, y: estimate ?? Number.NaN, low, high };
			}),
		};
	});
};

export const byEpochsChart = (figures: Figures, settings: Settings): Chart => ({
	id: "by-examples",
	title: "Distance by examples seen",
	caption: `Gradients averaged, rate ${settings.rates.mean[1]}; geometric means over ${settings.seeds} seeds with 95 % intervals. After the same epochs a small batch has made many more steps.`,
	draw: (canvas) =>
		seriesChart(canvas, {
			title: "Distance by examples seen",
			series: lines(
				figures,
				settings,
				"examples",
				examplesOf(settings),
				earliest * examplesOf(settings),
				settings.epochs * examplesOf(settings),
			),
			x: { title: "epochs", scale: "log" },
			y: { title: "distance from the initial weights", scale: "log" },
		}),
});

export const byStepsChart = (figures: Figures, settings: Settings): Chart => ({
	id: "by-steps",
	title: "Distance by steps",
	caption:
		"The same runs, step by step: were the distance a matter of steps alone, the lines would be one. The first steps of a small batch are longer, by noise that larger ones average out.",
	draw: (canvas) =>
		seriesChart(canvas, {
			title: "Distance by steps",
			series: lines(figures, settings, "step", 1, 1, Number.POSITIVE_INFINITY),
			x: { title: "steps", scale: "log" },
			y: { title: "distance from the initial weights", scale: "log" },
		}),
});

const examplesOf = ({ batchSizes }: Settings): number => batchSizes[batchSizes.length - 1];
