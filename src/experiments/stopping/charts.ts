import { batchColors } from "../../charts/batch-colors.js";
import { seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { innerDomain } from "../lab/curve-domain.js";
import type { Cell } from "../lab/overfit/cell.js";
import { lossCurves, medianLoss } from "../lab/overfit/curves.js";
import { bySize, chartOfPanels, chartOfSeries, sizeAxis } from "../lab/series.js";
import { margin } from "./claims.js";
import { type Figures, rowsOf, stepsPerEpoch } from "./figures.js";
import { ruleInWords, stopOf } from "./rules.js";
import type { Settings } from "./settings.js";

export function charts(figures: Figures, settings: Settings): readonly Chart[] {
	const { regularizers, rules, seeds } = settings;
	const bare = rowsOf(figures, settings, "none");
	const choices = figures.choices.flatMap(({ batchSize, ...scores }) => (batchSize === null ? [] : [{ batchSize, ...scores }]));
	return [
		curvesChart(figures, settings),
		chartOfSeries({
			id: "epochs",
			title: "After how many epochs each rule stops",
			caption: `Without a regularizer; means over ${seeds.reporting} seeds with 95 % intervals. A run that a rule never ends counts with all its epochs.`,
			series: rules.map((rule, i) => bySize(ruleInWords(rule), seriesColors[i], bare, (row) => row.rules[i].epochs)),
			x: sizeAxis,
			y: { title: "epochs", scale: "log" },
		}),
		chartOfSeries({
			id: "gain",
			title: `What a ${ruleInWords(rules[0])} gains`,
			caption: `Test accuracy with the weights that the rule keeps, minus the accuracy after all epochs. Means over ${seeds.reporting} seeds, with intervals simultaneous over the family of claims.`,
			series: regularizers.map((regularizer, i) => {
				const name = regularizer === "none" ? "no regularizer" : regularizer;
				return bySize(name, seriesColors[i], rowsOf(figures, settings, regularizer), (row) => row.rules[0].gain);
			}),
			x: sizeAxis,
			y: { title: "gain in test accuracy", scale: "linear" },
			levels: [{ y: margin.accuracy, name: `worth it from ${margin.accuracy}` }],
		}),
		chartOfSeries({
			id: "choosing",
			title: "Accuracy of the chosen epoch, on the set it was chosen on and on another",
			caption: `Without a regularizer. Each of the two held-out sets takes either role; means over ${seeds.reporting} seeds with 95 % intervals. The gap is what choosing on the test set adds to its score.`,
			series: [
				bySize("on the set it was chosen on", seriesColors[0], choices, ({ own }) => own),
				bySize("on the other set", seriesColors[1], choices, ({ other }) => other),
			],
			x: sizeAxis,
			y: { title: "accuracy", scale: "linear" },
		}),
	];
}

/** Unregularized runs by epoch, with the two places of the first rule: what it keeps, and where it ends. */
function curvesChart({ cells }: Figures, settings: Settings): Chart {
	const { batchSizes, epochs, every, few, rules } = settings;
	const bare = cells.filter(({ arm }) => arm.regularizer === "none" && arm.wrongLabels === few.wrongLabels);
	const color = batchColors(batchSizes);
	return chartOfPanels({
		id: "curves",
		title: "Held-out loss by epoch, without a regularizer",
		caption: `One panel for each batch size, all on the same axes. The strong line is the run whose final loss is the median of all. Its rings mark the epoch that a ${ruleInWords(rules[0])} keeps, and the epoch after which it ends the run.`,
		panels: bare.map(({ arm: { batchSize }, runs }) => {
			const middle = medianLoss(runs);
			const stop = middle && stopOf(rules[0], middle, stepsPerEpoch(settings, batchSize));
			return {
				title: `batch size ${formatCount(batchSize)}`,
				color: color(batchSize),
				lines: lossCurves(runs, every).filter(({ weight }) => weight !== "compared"),
				dots: stop ? [stop.kept, stop.at].map((epoch): [number, number] => [epoch * every, middle.validationLoss[epoch]]) : [],
			};
		}),
		x: { title: "epochs", scale: "linear", domain: [0, epochs] },
		y: { title: "validation loss", scale: "log", domain: lossDomain(bare) },
		names: { strong: "validation loss", faint: "the same in other runs", dots: "kept, and stopped" },
	});
}

/** With room below the least loss, where the rings are. */
function lossDomain(cells: readonly Cell[]): readonly [number, number] {
	const losses = cells.flatMap(({ runs }) => runs.flatMap(({ validationLoss }) => validationLoss));
	return [0.9 * Math.min(...losses), innerDomain(losses)[1]];
}
