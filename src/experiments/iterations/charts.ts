import { learningCurvesOf } from "../../analysis/learning-curves.js";
import { learningCurves } from "../../charts/learning-curves.js";
import { noiseScaleChart } from "../../charts/noise-scale-chart.js";
import { seriesColors } from "../../charts/series-chart.js";
import { tradeoffChart } from "../../charts/tradeoff-chart.js";
import { describeGoal } from "../../core/goal.js";
import type { Chart } from "../experiment.js";
import { asEstimate } from "../lab/estimates.js";
import { bySize, chartOfSeries, sizeAxis, theory } from "../lab/series.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

/** None where no size reached the goal. */
export function charts(figures: Figures, settings: Settings): readonly Chart[] {
	const { findings, prediction } = figures;
	const { tradeoff, fit } = findings;
	if (tradeoff.every(({ outcome }) => outcome !== "reached")) return [];
	const goal = describeGoal(settings.study.goal);
	const [least, critical] = [fit.minSteps.estimate, fit.criticalBatchSize.estimate];
	return [
		{
			id: "steps",
			title: "Steps against batch size",
			caption: `Steps to a ${goal}. Large dots: medians of ${settings.study.seeds.reporting} runs with their 95 % intervals; small dots: single runs. Dotted: twice the batch, half the steps; and the fewest steps. They cross at the critical batch size, shaded over its interval; dashed: what the gradient noise predicts for it.`,
			draw: (canvas) => tradeoffChart(canvas, findings, prediction?.noise.mean),
		},
		chartOfSeries({
			id: "examples",
			title: "Examples against batch size",
			caption: `Examples used up to a ${goal}: medians with 95 % intervals. A larger batch never uses fewer, by the hyperbola; beyond the critical batch size it uses in proportion more.`,
			series: [
				bySize("examples-to-target", seriesColors[1], tradeoff, ({ examples }) => asEstimate(examples)),
				theory("the fitted curve, times B", seriesColors[0], fit.curve, ({ batchSize }) =>
					least === null || critical === null ? null : least * (batchSize + critical),
				),
			],
			x: sizeAxis,
			y: { title: "examples-to-target", scale: "log" },
		}),
		chartOfSeries({
			id: "seconds",
			title: "Seconds against batch size",
			caption: `Seconds to a ${goal} on one thread of the machine that ran it: steps times the time per step, which was measured apart. Medians with 95 % intervals over runs and timings.`,
			series: [bySize("seconds-to-target", seriesColors[1], tradeoff, ({ seconds }) => asEstimate(seconds))],
			x: sizeAxis,
			y: { title: "seconds-to-target", scale: "log" },
		}),
		{
			id: "noise",
			title: "The gradient noise scale along the run",
			caption:
				"The batch size at which noise and signal weigh the same, probed along the first reporting run of each size, with 95 % bands; across the panels the measured critical batch size. The table has the mean over all runs.",
			draw: (canvas) => noiseScaleChart(canvas, findings),
		},
		curvesChart(figures, settings, "epochs"),
		curvesChart(figures, settings, "steps"),
	];
}

const curvesChart = ({ trials }: Figures, { study, examples }: Settings, unit: "epochs" | "steps"): Chart => ({
	id: `curves-by-${unit}`,
	title: `Learning curves by ${unit}`,
	caption: `Three of the reporting runs at each batch size, each at the rate that is best for its size, by ${unit}.`,
	draw: (canvas) => learningCurves(canvas, { ...study, data: { train: examples } }, learningCurvesOf(trials, []), unit, { runs: "single" }),
});
