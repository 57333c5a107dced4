import type { Estimate } from "../../analysis/findings.js";
import { batchColors } from "../../charts/batch-colors.js";
import { type Series, seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { estimateOf, nothing } from "../lab/estimates.js";
import { byRate, bySize, chartOfSeries, rateAxis, sizeAxis, theory } from "../lab/series.js";
import type { Cell, Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export function charts({ cells, best, rules }: Figures, { batchSizes, restore, epochs, seeds }: Settings): readonly Chart[] {
	const [, ...ruleColors] = seriesColors;
	const reference = estimateOf(best.find(({ batchSize }) => batchSize === restore.reference)?.optimum ?? nothing);
	return [
		chartOfSeries({
			id: "accuracy-by-rate",
			title: "Held-out accuracy by learning rate",
			caption: `After ${epochs} epochs; means over ${seeds.reporting} seeds with 95 % intervals. A line ends where a run diverged.`,
			series: linesOf(cells, batchSizes, ({ accuracy }) => accuracy),
			x: rateAxis,
			y: { title: "held-out accuracy", scale: "linear" },
		}),
		chartOfSeries({
			id: "distance-by-rate",
			title: "Distance by learning rate",
			caption: `After ${epochs} epochs; geometric means over ${seeds.reporting} seeds with 95 % intervals. A line ends where a run diverged.`,
			series: linesOf(cells, batchSizes, (cell) => cell.distance),
			x: rateAxis,
			y: { title: "distance from the initial weights", scale: "log" },
		}),
		chartOfSeries({
			id: "best-rate",
			title: "The best learning rate by batch size",
			caption: `Geometric mean over all seeds with its 95 % interval, read off between the rates that were tried. Dashed: rules of thumb through the best rate of ${restore.reference}.`,
			series: [
				bySize("measured", seriesColors[0], best, ({ optimum }) => optimum),
				...rules.map(({ name, exponent }, i) =>
					theory(
						name === "none" ? "no scaling" : name,
						ruleColors[i],
						best,
						({ batchSize }) => reference * (batchSize / restore.reference) ** exponent,
					),
				),
			],
			x: sizeAxis,
			y: { title: "best learning rate", scale: "log" },
		}),
	];
}

/** One line a batch size, against the rate. */
function linesOf(cells: readonly Cell[], batchSizes: readonly number[], of: (cell: Cell) => Estimate): readonly Series[] {
	const color = batchColors(batchSizes);
	return batchSizes.map((batchSize) => {
		const own = cells.filter((cell) => cell.batchSize === batchSize);
		return byRate(`batch size ${formatCount(batchSize)}`, color(batchSize), own, of);
	});
}
