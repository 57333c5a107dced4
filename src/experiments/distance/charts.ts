import { geometricMeanInterval } from "../../analysis/means.js";
import { batchColors } from "../../charts/batch-colors.js";
import { type Series, seriesColors } from "../../charts/series-chart.js";
import { formatCount, formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { bySize, chartOfSeries, measured, pointAt, sizeAxis } from "../lab/series.js";
import { armsAt, distanceAt, type Figures, type Reduction } from "./figures.js";
import type { Settings } from "./settings.js";

const distanceAxis = { title: "distance from the initial weights", scale: "log" } as const;

export const charts = (figures: Figures, settings: Settings): readonly Chart[] => [
	bySizeChart(figures, settings, "mean"),
	bySizeChart(figures, settings, "sum"),
	chartOfSeries({
		id: "by-examples",
		title: "Distance by examples seen",
		caption: `Gradients averaged, rate ${settings.rates.mean[1]}; geometric means over ${settings.seeds} seeds with 95 % intervals. After the same epochs a small batch has made many more steps.`,
		series: waysOf(figures, settings, "examples", { from: earliest, to: settings.epochs, unit: settings.batchSizes.at(-1) ?? 1 }),
		x: { title: "epochs", scale: "log" },
		y: distanceAxis,
	}),
	chartOfSeries({
		id: "by-steps",
		title: "Distance by steps",
		caption:
			"The same runs, step by step: were the distance a matter of steps alone, the lines would be one. The first steps of a small batch are longer, by noise that larger ones average out.",
		series: waysOf(figures, settings, "step", { from: 1, to: Number.POSITIVE_INFINITY, unit: 1 }),
		x: { title: "steps", scale: "log" },
		y: distanceAxis,
	}),
];

const bySizeChart = (figures: Figures, { rates, epochs, seeds }: Settings, reduction: Reduction): Chart =>
	chartOfSeries({
		id: `by-size-${reduction}`,
		title: `Distance after ${epochs} epochs, gradients ${reduction === "mean" ? "averaged" : "summed"}`,
		caption: `Geometric mean over ${seeds} seeds with its 95 % interval; one line a learning rate. Where a run diverged there is nothing.`,
		series: rates[reduction].map((rate, i) =>
			bySize(`rate ${formatRate(rate)}`, seriesColors[i], armsAt(figures, reduction, rate), ({ afterEpochs }) => afterEpochs),
		),
		x: sizeAxis,
		y: distanceAxis,
	});

/** As many places as can be distinguished on a logarithmic axis. */
const shown = 24;

/** Epochs from which on the way is drawn. */
const earliest = 0.01;

/** The part of a way that is drawn, in units of so many steps or examples. */
interface Part {
	readonly from: number;
	readonly to: number;
	readonly unit: number;
}

/** Distance along the runs at the middle rate, one line a batch size, in its colour. */
function waysOf(
	figures: Figures,
	{ rates, batchSizes }: Settings,
	column: "step" | "examples",
	{ from, to, unit }: Part,
): readonly Series[] {
	const color = batchColors(batchSizes);
	return armsAt(figures, "mean", rates.mean[1]).map(({ batchSize, travels }) => {
		const places = travels[0][column].filter((place) => place >= from * unit && place <= to * unit);
		const looks = new Set(Array.from({ length: shown }, (_, k) => Math.round((places.length - 1) * (k / (shown - 1)))));
		const distances = (place: number) => travels.map((travel) => distanceAt(travel, column, place));
		const points = [...looks].map((look) => pointAt(places[look] / unit, geometricMeanInterval(distances(places[look]))));
		return measured(`batch size ${formatCount(batchSize)}`, color(batchSize), points);
	});
}
