import type { Median } from "../../analysis/findings.js";
import { learningCurvesOf } from "../../analysis/learning-curves.js";
import { learningCurves } from "../../charts/learning-curves.js";
import { noiseScaleChart } from "../../charts/noise-scale-chart.js";
import { type Series, seriesChart, seriesColors } from "../../charts/series-chart.js";
import { tradeoffChart } from "../../charts/tradeoff-chart.js";
import { describeGoal } from "../../core/goal.js";
import type { Chart } from "../experiment.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export const chartsOf = (figures: Figures, settings: Settings): readonly Chart[] =>
	figures.findings.tradeoff.every(({ outcome }) => outcome !== "reached")
		? []
		: [
				stepsChart(figures, settings),
				examplesChart(figures, settings),
				secondsChart(figures, settings),
				noiseChart(figures),
				curvesChart(figures, settings, "epochs"),
				curvesChart(figures, settings, "steps"),
			];

const stepsChart = ({ findings, prediction }: Figures, { study }: Settings): Chart => ({
	id: "steps",
	title: "Steps against batch size",
	caption: `Steps to a ${describeGoal(study.goal)}. Large dots: medians of ${study.seeds.reporting} runs with their 95 % intervals; small dots: single runs. Dotted: twice the batch, half the steps; and the fewest steps. They cross at the critical batch size, shaded over its interval; dashed: what the gradient noise predicts for it.`,
	draw: (canvas) => tradeoffChart(canvas, findings, prediction?.noise.mean),
});

const measured = (name: string, rows: readonly { readonly batchSize: number; readonly of: Median }[]): Series => ({
	name,
	color: seriesColors[1],
	kind: "measured",
	points: rows.map(({ batchSize, of: { median, low, high } }) => ({ x: batchSize, y: median ?? Number.NaN, low, high })),
});

function examplesChart({ findings: { tradeoff, fit } }: Figures, { study }: Settings): Chart {
	const { estimate: least } = fit.minSteps;
	const { estimate: critical } = fit.criticalBatchSize;
	const fitted: Series = {
		name: "the fitted curve, times B",
		color: seriesColors[0],
		kind: "theory",
		points: fit.curve.map(({ batchSize }) => ({
			x: batchSize,
			y: least === null || critical === null ? Number.NaN : least * (batchSize + critical),
			low: null,
			high: null,
		})),
	};
	return {
		id: "examples",
		title: "Examples against batch size",
		caption: `Examples used up to a ${describeGoal(study.goal)}: medians with 95 % intervals. A larger batch never uses fewer, by the hyperbola; beyond the critical batch size it uses in proportion more.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title: "Examples-to-target against batch size",
				series: [
					measured(
						"examples-to-target",
						tradeoff.map(({ batchSize, examples }) => ({ batchSize, of: examples })),
					),
					fitted,
				],
				x: { title: "batch size", scale: "batch" },
				y: { title: "examples-to-target", scale: "log" },
			}),
	};
}

const secondsChart = ({ findings: { tradeoff } }: Figures, { study }: Settings): Chart => ({
	id: "seconds",
	title: "Seconds against batch size",
	caption: `Seconds to a ${describeGoal(study.goal)} on one thread of the machine that ran it: steps times the time per step, which was measured apart. Medians with 95 % intervals over runs and timings.`,
	draw: (canvas) =>
		seriesChart(canvas, {
			title: "Seconds-to-target against batch size",
			series: [
				measured(
					"seconds-to-target",
					tradeoff.map(({ batchSize, seconds }) => ({ batchSize, of: seconds })),
				),
			],
			x: { title: "batch size", scale: "batch" },
			y: { title: "seconds-to-target", scale: "log" },
		}),
});

const noiseChart = ({ findings }: Figures): Chart => ({
	id: "noise",
	title: "The gradient noise scale along the run",
	caption:
		"The batch size at which noise and signal weigh the same, probed along the first reporting run of each size, with 95 % bands; across the panels the measured critical batch size. The table has the mean over all runs.",
	draw: (canvas) => noiseScaleChart(canvas, findings),
});

const curvesChart = ({ trials }: Figures, { study, examples }: Settings, unit: "epochs" | "steps"): Chart => ({
	id: `curves-by-${unit}`,
	title: `Learning curves by ${unit}`,
	caption: `Three of the reporting runs at each batch size, each at the rate that is best for its size, by ${unit}.`,
	draw: (canvas) => learningCurves(canvas, { ...study, data: { train: examples } }, learningCurvesOf(trials, []), unit),
});
