import { batchColors } from "../../charts/batch-colors.js";
import { formatCount, formatNumber, formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { byRate, chartOfPanels, chartOfSeries, rateAxis } from "../lab/series.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

const measures = {
	sharpness: { title: "Sharpness by learning rate", axis: "sharpness (Keskar)" },
	eigenvalue: { title: "Largest Hessian eigenvalue by learning rate", axis: "largest eigenvalue" },
} as const;

const colorsOf = ({ sizes }: Settings) => batchColors(sizes.map(({ batchSize }) => batchSize));

export const charts = (figures: Figures, settings: Settings): readonly Chart[] => [
	byRateChart(figures, settings, "eigenvalue"),
	byRateChart(figures, settings, "sharpness"),
	lineChart(figures, settings),
];

/** At the same training loss: one line a batch size. */
function byRateChart({ cells }: Figures, settings: Settings, what: "sharpness" | "eigenvalue"): Chart {
	const { title, axis } = measures[what];
	const color = colorsOf(settings);
	return chartOfSeries({
		id: `${what}-by-rate`,
		title,
		caption: `All at the same training loss of ${settings.trainLoss}: geometric means over ${settings.seeds.reporting} seeds with 95 % intervals. Nothing where a run diverged or didn't come so far. What lies apart at one rate is the batch size's doing, what falls along a line the rate's.`,
		series: settings.sizes.map(({ batchSize }) => {
			const own = cells.filter((cell) => cell.batchSize === batchSize);
			return byRate(`batch size ${formatCount(batchSize)}`, color(batchSize), own, (cell) => cell[what]);
		}),
		x: rateAxis,
		y: { title: axis, scale: "log" },
	});
}

function lineChart({ lines }: Figures, settings: Settings): Chart {
	const { sizes, alphas, sameRate, epochs, trainLoss } = settings;
	const color = colorsOf(settings);
	const along = (losses: readonly number[]) => alphas.map((alpha, i): [number, number] => [alpha, losses[i]]);
	return chartOfPanels({
		id: "line",
		title: "Loss along the line between two solutions",
		caption: `At 0 the solution of batch size ${formatCount(sizes[0].batchSize)}, at 1 that of the larger one, from the same initial weights at rate ${formatRate(sameRate)}; beyond them the line goes on. Thin lines are single seeds, the others their geometric mean.`,
		panels: lines.map(({ until, batchSize, lines: own }) => {
			const mean = (what: "train" | "validation") =>
				along(alphas.map((_, i) => Math.exp(own.reduce((sum, line) => sum + Math.log(line[what][i]), 0) / own.length)));
			return {
				title: `${formatCount(batchSize)}, ${until === "epochs" ? `${epochs} epochs` : `loss ${formatNumber(trainLoss)}`}`,
				color: color(batchSize),
				lines: [
					...own.map(({ train }) => ({ points: along(train), weight: "faint" as const })),
					{ points: mean("validation"), weight: "compared" },
					{ points: mean("train"), weight: "strong" },
				],
			};
		}),
		x: { title: "place on the line", scale: "linear" },
		y: { title: "loss", scale: "log" },
		names: { strong: "training loss", faint: "single seeds", compared: "held-out loss" },
	});
}
