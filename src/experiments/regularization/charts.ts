import { median } from "../../analysis/bootstrap.js";
import type { CurvePanel } from "../../charts/panel-curves.js";
import { panelCurves } from "../../charts/panel-curves.js";
import { type SeriesChart, seriesChart, seriesColors } from "../../charts/series-chart.js";
import type { Chart } from "../experiment.js";
import { innerDomain } from "../lab/curve-domain.js";
import { overfitted } from "../lab/diagnose.js";
import type { Cell } from "../lab/overfit/cell.js";
import { curvesOf } from "../lab/overfit/curves.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { type Figures, type Row, rowOf } from "./figures.js";
import type { Settings } from "./settings.js";

const colorOf = ({ regularizers }: Settings, regularizer: Regularizer): string => seriesColors[regularizers.indexOf(regularizer)];

/** A figure of every regularizer against the batch size. */
function bySize(
	figures: Figures,
	settings: Settings,
	y: SeriesChart["y"],
	of: (row: Row) => Row["rise"],
	rest: Pick<SeriesChart, "title" | "levels">,
): Chart["draw"] {
	return (canvas) =>
		seriesChart(canvas, {
			...rest,
			series: settings.regularizers.map((regularizer) => ({
				name: regularizer === "none" ? "no regularizer" : regularizer,
				color: colorOf(settings, regularizer),
				kind: "measured",
				points: settings.batchSizes.flatMap((batchSize) => {
					const row = rowOf(figures, regularizer, batchSize);
					if (!row) return [];
					const { estimate, low, high } = of(row);
					return [{ x: batchSize, y: estimate ?? Number.NaN, low, high }];
				}),
			})),
			x: { title: "batch size", scale: "batch" },
			y,
		});
}

export function riseChart(figures: Figures, settings: Settings): Chart {
	const rises = figures.rows.flatMap(({ rise }) => rise.estimate ?? []);
	const least = Math.max(0.001, Math.min(overfitted / 5, ...rises) / 2);
	const shown = (value: number | null) => (value === null ? null : Math.max(value, least));
	const highest = Math.max(overfitted, ...figures.rows.map(({ rise }) => rise.high ?? rise.estimate ?? 0));
	return {
		id: "rise",
		title: "How far the held-out loss rises",
		caption: `From its least to the end after ${settings.epochs} epochs, in parts of the untrained network's; means over ${settings.seeds.reporting} seeds with intervals simultaneous over the family of claims. Above the dashed level a run is over-fitted; what reaches the bottom may be no rise at all.`,
		draw: bySize(
			figures,
			settings,
			{ title: "rise of the held-out loss", scale: "log", domain: [least, highest * 1.2] },
			({ rise: { estimate, low, high } }) => ({ estimate: shown(estimate), low: shown(low), high: shown(high) }),
			{ title: "How far the held-out loss rises", levels: [{ y: overfitted, name: `over-fitted from ${overfitted}` }] },
		),
	};
}

export const accuracyChart = (figures: Figures, settings: Settings): Chart => ({
	id: "accuracy",
	title: "Accuracy at the end",
	caption: `On the test set after ${settings.epochs} epochs; means over ${settings.seeds.reporting} seeds with 95 % intervals.`,
	draw: bySize(figures, settings, { title: "test accuracy", scale: "linear" }, ({ accuracy }) => accuracy, {
		title: "Accuracy at the end",
	}),
});

/** Loss by epoch at the moderate batch size, one panel a regularizer; and with every label right. */
export function curvesChart(settings: Settings, cells: readonly Cell[]): Chart {
	const { moderate, every } = settings;
	const panels = cells
		.filter(({ arm }) => arm.batchSize === moderate)
		.map(({ arm, runs }): CurvePanel => {
			const color = colorOf(settings, arm.regularizer);
			const name = arm.regularizer === "none" ? "no regularizer" : arm.regularizer;
			return { title: arm.wrongLabels > 0 ? name : "every label right", color, lines: curvesOf(runs, every) };
		});
	return {
		id: "curves",
		title: `Loss by epoch at batch size ${moderate}`,
		caption:
			"One panel for each regularizer, all on the same axes, and one for the unregularized network with every label right. Strong: the run whose final held-out loss is the median of all; faint: other runs.",
		draw: (canvas) =>
			panelCurves(canvas, {
				title: `Loss by epoch at batch size ${moderate}`,
				panels,
				x: { title: "epochs", scale: "linear", domain: [0, settings.epochs] },
				y: { title: "loss", scale: "log", domain: lossDomain(cells) },
				names: { strong: "held-out loss", faint: "the same in other runs", beside: "training loss" },
			}),
	};
}

/** From a hundredth of the first loss, below which a training loss says nothing more, to where the held-out losses end. */
function lossDomain(cells: readonly Cell[]): readonly [number, number] {
	const losses = cells.flatMap(({ runs }) => runs.map(({ validationLoss }) => validationLoss));
	const first = median(losses.map(([start]) => start));
	return [first / 100, Math.max(first, innerDomain(losses.flat())[1])];
}
