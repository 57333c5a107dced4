import { writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { fitCurve, medianInterval, Rng } from "sweetspot/analysis";
import { seriesChart, seriesColors } from "sweetspot/charts";

// Fits the curve of steps against batch size to your own runs, and draws it. A run is known by two of its evaluations: the first
// that met the goal (`step`) and the one before (`after`). One column is one seed. These are reporting runs of digits.yaml.
const runs = [
	{ batchSize: 4, after: [321, 292, 254, 388, 306, 242, 279], step: [337, 306, 266, 407, 321, 254, 292] },
	{ batchSize: 16, after: [78, 111, 85, 159, 75, 89, 139], step: [81, 116, 89, 166, 78, 93, 145] },
	{ batchSize: 64, after: [25, 42, 28, 46, 34, 54, 29], step: [26, 44, 29, 48, 35, 56, 30] },
	{ batchSize: 256, after: [15, 32, 29, 26, 18, 23, 19], step: [16, 33, 30, 27, 19, 24, 20] },
	{ batchSize: 1024, after: [14, 19, 23, 28, 28, 25, 26], step: [15, 20, 24, 29, 29, 26, 27] },
];
/** Each evaluation came after 5 % more steps than the one before. */
const looksRatio = 1.05;

const fit = fitCurve(
	runs.map(({ batchSize, after, step }) => ({ batchSize, runs: step.map((at, seed) => ({ seed, after: after[seed], step: at })) })),
	looksRatio,
);
const { estimate, low, high } = fit.criticalBatchSize;
const rounded = (value: number | null) => (value === null ? "open" : Math.round(value));
console.log(`${fit.verdict}: critical batch size ${rounded(estimate)} [${rounded(low)}–${rounded(high)}]`);

const measured = runs.map(({ batchSize, step }) => ({ batchSize, ...medianInterval(step, "log", Rng.fromSeed(batchSize)) }));
const chart = seriesChart(
	{ document: parseHTML("<html></html>").document, width: 720 },
	{
		title: "Steps to the goal",
		series: [
			{
				name: "median over seven runs, with its 95 % interval",
				kind: "measured",
				color: seriesColors[0],
				points: measured.map(({ batchSize, median, low, high }) => ({ x: batchSize, y: median ?? Number.NaN, low, high })),
			},
			{
				name: "fitted curve",
				kind: "theory",
				color: seriesColors[1],
				points: fit.curve.map(({ batchSize, steps }) => ({ x: batchSize, y: steps, low: null, high: null })),
			},
		],
		x: { title: "batch size", scale: "batch" },
		y: { title: "steps", scale: "log" },
		places: estimate === null ? [] : [{ x: estimate, name: "critical batch size" }],
	},
);
writeFileSync("own-runs.svg", chart.outerHTML);
