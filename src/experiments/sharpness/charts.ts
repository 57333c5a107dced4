import { batchColors } from "../../charts/batch-colors.js";
import { panelCurves } from "../../charts/panel-curves.js";
import { seriesChart } from "../../charts/series-chart.js";
import { formatCount, formatNumber, formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

const named = {
	sharpness: { title: "Sharpness by learning rate", axis: "sharpness (Keskar)" },
	eigenvalue: { title: "Largest Hessian eigenvalue by learning rate", axis: "largest eigenvalue" },
} as const;

/** At the same training loss: one line a batch size. */
export function byRateChart({ cells }: Figures, { sizes, trainLoss, seeds }: Settings, what: "sharpness" | "eigenvalue"): Chart {
	const { title, axis } = named[what];
	return {
		id: `${what}-by-rate`,
		title,
		caption: `All at the same training loss of ${trainLoss}: geometric means over ${seeds.reporting} seeds with 95 % intervals. Nothing where a run diverged or didn't come so far. What lies apart at one rate is the batch size's doing, what falls along a line the rate's.`,
		draw: (canvas) => {
			const color = batchColors(sizes.map(({ batchSize }) => batchSize));
			return seriesChart(canvas, {
				title,
				series: sizes.map(({ batchSize }) => ({
					name: `batch size ${formatCount(batchSize)}`,
					color: color(batchSize),
					kind: "measured" as const,
					points: cells
						.filter((cell) => cell.batchSize === batchSize)
						.map((cell) => ({ x: cell.learningRate, y: cell[what].estimate ?? Number.NaN, low: cell[what].low, high: cell[what].high })),
				})),
				x: { title: "learning rate", scale: "log" },
				y: { title: axis, scale: "log" },
			});
		},
	};
}

export function lineChart({ lines }: Figures, { sizes, alphas, sameRate, epochs, trainLoss }: Settings): Chart {
	const [small] = sizes.map(({ batchSize }) => formatCount(batchSize));
	const title = "Loss along the line between two solutions";
	return {
		id: "line",
		title,
		caption: `At 0 the solution of batch size ${small}, at 1 that of the larger one, from the same initial weights at rate ${formatRate(sameRate)}; beyond them the line goes on. Thin lines are single seeds, the others their geometric mean.`,
		draw: (canvas) => {
			const color = batchColors(sizes.map(({ batchSize }) => batchSize));
			return panelCurves(canvas, {
				title,
				panels: lines.map(({ until, batchSize, lines: own }) => {
					const along = (loss: readonly number[]) => alphas.map((alpha, i) => [alpha, loss[i]] as const);
					const mean = (what: "train" | "validation") =>
						along(alphas.map((_, i) => Math.exp(own.reduce((sum, line) => sum + Math.log(line[what][i]), 0) / own.length)));
					return {
						title: `${formatCount(batchSize)}, ${until === "epochs" ? `${epochs} epochs` : `loss ${formatNumber(trainLoss)}`}`,
						color: color(batchSize),
						lines: [
							...own.map((line) => ({ points: along(line.train), weight: "faint" as const })),
							{ points: mean("validation"), weight: "beside" },
							{ points: mean("train"), weight: "strong" },
						],
					};
				}),
				x: { title: "place on the line", scale: "linear" },
				y: { title: "loss", scale: "log" },
				names: { strong: "training loss", faint: "single seeds", beside: "held-out loss" },
			});
		},
	};
}
