import { median } from "../../analysis/bootstrap.js";
import type { Estimate } from "../../analysis/findings.js";
import { type Series, seriesColors } from "../../charts/series-chart.js";
import type { Chart } from "../experiment.js";
import { innerDomain } from "../lab/curve-domain.js";
import { overfitted } from "../lab/diagnose.js";
import type { Cell } from "../lab/overfit/cell.js";
import { lossCurves } from "../lab/overfit/curves.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { bySize, chartOfPanels, chartOfSeries, sizeAxis } from "../lab/series.js";
import { type Figures, type Row, rowsOf } from "./figures.js";
import type { Settings } from "./settings.js";

export const charts = (figures: Figures, settings: Settings): readonly Chart[] => [
	riseChart(figures, settings),
	curvesChart(figures, settings),
	chartOfSeries({
		id: "accuracy",
		title: "Accuracy at the end",
		caption: `On the test set after ${settings.epochs} epochs; means over ${settings.seeds.reporting} seeds with 95 % intervals.`,
		series: linesOf(figures, settings, ({ accuracy }) => accuracy),
		x: sizeAxis,
		y: { title: "test accuracy", scale: "linear" },
	}),
];

const colorOf = ({ regularizers }: Settings, regularizer: Regularizer): string => seriesColors[regularizers.indexOf(regularizer)];
const nameOf = (regularizer: Regularizer): string => (regularizer === "none" ? "no regularizer" : regularizer);

/** A figure of every regularizer against the batch size. */
const linesOf = (figures: Figures, settings: Settings, of: (row: Row) => Estimate): readonly Series[] =>
	settings.regularizers.map((regularizer) =>
		bySize(nameOf(regularizer), colorOf(settings, regularizer), rowsOf(figures, settings, regularizer), of),
	);

function riseChart(figures: Figures, settings: Settings): Chart {
	const rises = figures.rows.flatMap(({ rise }) => rise.estimate ?? []);
	const least = Math.max(0.001, Math.min(overfitted / 5, ...rises) / 2);
	const shown = (value: number | null) => (value === null ? null : Math.max(value, least));
	const highest = Math.max(overfitted, ...figures.rows.map(({ rise }) => rise.high ?? rise.estimate ?? 0));
	return chartOfSeries({
		id: "rise",
		title: "How far the held-out loss rises",
		caption: `From its least to the end after ${settings.epochs} epochs, in parts of the untrained network's; means over ${settings.seeds.reporting} seeds with intervals simultaneous over the family of claims. Above the dashed level a run is over-fitted; what reaches the bottom may be no rise at all.`,
		series: linesOf(figures, settings, ({ rise: { estimate, low, high } }) => {
			return { estimate: shown(estimate), low: shown(low), high: shown(high) };
		}),
		x: sizeAxis,
		y: { title: "rise of the held-out loss", scale: "log", domain: [least, highest * 1.2] },
		levels: [{ y: overfitted, name: `over-fitted from ${overfitted}` }],
	});
}

/** At the moderate batch size, one panel a regularizer; and with every label right. */
function curvesChart({ cells }: Figures, settings: Settings): Chart {
	const { moderate, every, epochs } = settings;
	const shown = cells.filter(({ arm }) => arm.batchSize === moderate);
	return chartOfPanels({
		id: "curves",
		title: `Loss by epoch at batch size ${moderate}`,
		caption:
			"One panel for each regularizer, all on the same axes, and one for the unregularized network with every label right. Strong: the run whose final held-out loss is the median of all; faint: other runs.",
		panels: shown.map(({ arm: { regularizer, wrongLabels }, runs }) => ({
			title: wrongLabels > 0 ? nameOf(regularizer) : "every label right",
			color: colorOf(settings, regularizer),
			lines: lossCurves(runs, every),
		})),
		x: { title: "epochs", scale: "linear", domain: [0, epochs] },
		y: { title: "loss", scale: "log", domain: lossDomain(cells) },
		names: { strong: "held-out loss", faint: "the same in other runs", compared: "training loss" },
	});
}

/** From a hundredth of the first loss, below which a training loss says nothing more, to where the held-out losses end. */
function lossDomain(cells: readonly Cell[]): readonly [number, number] {
	const losses = cells.flatMap(({ runs }) => runs.map(({ validationLoss }) => validationLoss));
	const first = median(losses.map(([start]) => start));
	return [first / 100, Math.max(first, innerDomain(losses.flat())[1])];
}
