import type { Estimate } from "../../analysis/findings.js";
import { batchColors } from "../../charts/batch-colors.js";
import { panelCurves } from "../../charts/panel-curves.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { innerDomain } from "../lab/curve-domain.js";
import type { Cell } from "../lab/overfit/cell.js";
import { curvesOf, medianRun } from "../lab/overfit/curves.js";
import { margin } from "./claims.js";
import { type Figures, rowOf, stepsPerEpoch } from "./figures.js";
import { ruleInWords, stopOf } from "./rules.js";
import type { Settings } from "./settings.js";

const point = (x: number, { estimate, low, high }: Estimate) => ({ x, y: estimate ?? Number.NaN, low, high });

/** Unregularized runs by epoch, with the two places of the first rule: what it keeps, and where it ends. */
export function curvesChart(settings: Settings, cells: readonly Cell[]): Chart {
	const { batchSizes, epochs, every, few, rules } = settings;
	const bare = cells.filter(({ arm }) => arm.regularizer === "none" && arm.wrongLabels === few.wrongLabels);
	const title = "Held-out loss by epoch, without a regularizer";
	return {
		id: "curves",
		title,
		caption: `One panel for each batch size, all on the same axes. Strong: the run whose final loss is the median of all; rings on it: the epoch that a ${ruleInWords(rules[0])} keeps, and the one after which it ends the run.`,
		draw: (canvas) => {
			const color = batchColors(batchSizes);
			return panelCurves(canvas, {
				title,
				panels: bare.map(({ arm, runs }) => {
					const middle = medianRun(runs);
					const stop = middle && stopOf(rules[0], middle, stepsPerEpoch(settings, arm.batchSize));
					return {
						title: `batch size ${formatCount(arm.batchSize)}`,
						color: color(arm.batchSize),
						lines: curvesOf(runs, every).filter(({ weight }) => weight !== "beside"),
						dots: stop ? [stop.kept, stop.at].map((epoch): [number, number] => [epoch * every, middle.validationLoss[epoch]]) : [],
					};
				}),
				x: { title: "epochs", scale: "linear", domain: [0, epochs] },
				y: {
					title: "validation loss",
					scale: "log",
					domain: lossDomain(bare),
				},
				names: { strong: "validation loss", faint: "the same in other runs", dots: "kept, and stopped" },
			});
		},
	};
}

/** With room below the least loss, where the rings are. */
function lossDomain(cells: readonly Cell[]): readonly [number, number] {
	const losses = cells.flatMap(({ runs }) => runs.flatMap(({ validationLoss }) => validationLoss));
	return [0.9 * Math.min(...losses), innerDomain(losses)[1]];
}

/** Epochs by batch size, one line a rule. */
export const epochsChart = (figures: Figures, { batchSizes, rules, seeds }: Settings): Chart => ({
	id: "epochs",
	title: "After how many epochs each rule stops",
	caption: `Without a regularizer; means over ${seeds.reporting} seeds with 95 % intervals. A run that a rule never ends counts with all its epochs.`,
	draw: (canvas) =>
		seriesChart(canvas, {
			title: "After how many epochs each rule stops",
			series: rules.map((rule, i) => ({
				name: ruleInWords(rule),
				color: seriesColors[i],
				kind: "measured",
				points: batchSizes.flatMap((batchSize) => {
					const row = rowOf(figures, "none", batchSize);
					return row ? [point(batchSize, row.rules[i].epochs)] : [];
				}),
			})),
			x: { title: "batch size", scale: "batch" },
			y: { title: "epochs", scale: "log" },
		}),
});

/** What the first rule gains, with the regularizer and without. */
export const gainChart = (figures: Figures, { batchSizes, regularizers, rules, seeds }: Settings): Chart => ({
	id: "gain",
	title: `What a ${ruleInWords(rules[0])} gains`,
	caption: `Test accuracy with the weights it keeps less that after all epochs; means over ${seeds.reporting} seeds with intervals simultaneous over the family of claims.`,
	draw: (canvas) =>
		seriesChart(canvas, {
			title: `What a ${ruleInWords(rules[0])} gains`,
			series: regularizers.map((regularizer, i) => ({
				name: regularizer === "none" ? "no regularizer" : regularizer,
				color: seriesColors[i],
				kind: "measured",
				points: batchSizes.flatMap((batchSize) => {
					const row = rowOf(figures, regularizer, batchSize);
					return row ? [point(batchSize, row.rules[0].gain)] : [];
				}),
			})),
			x: { title: "batch size", scale: "batch" },
			y: { title: "gain in test accuracy", scale: "linear" },
			levels: [{ y: margin.accuracy, name: `worth it from ${margin.accuracy}` }],
		}),
});

/** An epoch's accuracy on the set it was chosen on, and on the other. */
export const choiceChart = ({ choices }: Figures, { seeds }: Settings): Chart => {
	const title = "An epoch's accuracy where it was chosen, and elsewhere";
	const points = (of: "own" | "other") =>
		choices.flatMap((choice) => (choice.batchSize === null ? [] : [point(choice.batchSize, choice[of])]));
	return {
		id: "choosing",
		title,
		caption: `Without a regularizer; both held-out sets take both parts; means over ${seeds.reporting} seeds with 95 % intervals. The gap is what choosing on the test set adds to its score.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title,
				series: [
					{ name: "on the set it was chosen on", color: seriesColors[0], kind: "measured", points: points("own") },
					{ name: "on the other set", color: seriesColors[1], kind: "measured", points: points("other") },
				],
				x: { title: "batch size", scale: "batch" },
				y: { title: "accuracy", scale: "linear" },
			}),
	};
};
