import { type Series, seriesChart, seriesColors } from "../../charts/series-chart.js";
import { formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import type { Ball, Figures, Reached } from "./figures.js";
import type { Settings } from "./settings.js";

const inWords = { "with-replacement": "with replacement", reshuffle: "reshuffled" } as const;
const samplers = ["with-replacement", "reshuffle"] as const;

const measured = (name: string, color: string, balls: readonly Ball[], x: (ball: Ball) => number): Series => ({
	name,
	color,
	kind: "measured",
	points: balls.map((ball) => ({ x: x(ball), y: ball.radius.estimate ?? Number.NaN, low: ball.radius.low, high: ball.radius.high })),
});

const theory = (name: string, color: string, balls: readonly Ball[], x: (ball: Ball) => number): Series => ({
	name,
	color,
	kind: "theory",
	points: balls.map((ball) => ({ x: x(ball), y: ball.expected ?? Number.NaN, low: null, high: null })),
});

export function radiusChart({ balls }: Figures, { hover, leastSquares, seeds }: Settings): Chart {
	const examples = (leastSquares.examples * 4) / 5;
	return {
		id: "radius",
		title: "How far SGD hovers from the optimum",
		caption: `Least squares with ${examples} training examples: root mean squared distance from the exact optimum at random steps, geometric mean over ${seeds} seeds with its 95 % interval. Dashed: the closed form for batches drawn with replacement, with nothing fitted. In reshuffled epochs what one batch overdoes the others of its epoch undo, so that SGD hovers closer.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title: "Distance from the optimum against batch size",
				series: hover.rates.flatMap((rate, i) =>
					samplers.flatMap((sampler, j) => {
						const own = balls
							.filter(
								(ball) =>
									ball.sampler === sampler &&
									ball.examples === examples &&
									ball.learningRate === rate &&
									hover.batchSizes.includes(ball.batchSize),
							)
							.sort((a, b) => a.batchSize - b.batchSize);
						const color = seriesColors[2 * i + j + 1];
						const line = measured(`${inWords[sampler]}, rate ${formatRate(rate)}`, color, own, ({ batchSize }) => batchSize);
						return sampler === "reshuffle"
							? [line]
							: [line, theory(`closed form, rate ${formatRate(rate)}`, color, own, ({ batchSize }) => batchSize)];
					}),
				),
				x: { title: "batch size", scale: "batch" },
				y: { title: "distance from the optimum", scale: "log" },
			}),
	};
}

export function collapseChart({ balls }: Figures, { hover, seeds }: Settings): Chart {
	const [rate] = hover.rates;
	const at = (sampler: Ball["sampler"], examples: number, batchSize: number) =>
		balls.filter(
			(ball) => ball.sampler === sampler && ball.examples === examples && ball.batchSize === batchSize && ball.learningRate === rate,
		);
	return {
		id: "collapse",
		title: "What sets the radius: B or B/N?",
		caption: `The number of training examples varies, once with the batch size in step (the same B/N), once with the batch size left at ${hover.sameSize}. The one that sets the radius is the one whose line is level. Geometric means over ${seeds} seeds with 95 % intervals.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title: "Distance from the optimum against the number of examples",
				series: samplers.flatMap((sampler, i) => [
					measured(
						`same B/N, ${inWords[sampler]}`,
						seriesColors[2 * i + 1],
						hover.sameShare.flatMap(({ examples, batchSize }) => at(sampler, examples, batchSize)),
						({ examples }) => examples,
					),
					measured(
						`same B, ${inWords[sampler]}`,
						seriesColors[2 * i + 2],
						hover.sameShare.flatMap(({ examples }) => at(sampler, examples, hover.sameSize)),
						({ examples }) => examples,
					),
				]),
				x: { title: "training examples", scale: "log" },
				y: { title: "distance from the optimum", scale: "log" },
			}),
	};
}

export function raceChart({ loose, tight }: Figures, { race }: Settings): Chart {
	const line = (reached: readonly Reached[], name: string, color: string, what: "examples" | "steps"): Series => ({
		name,
		color,
		kind: "measured",
		points: reached.map((one) => ({ x: one.batchSize, y: one[what].estimate ?? Number.NaN, low: one[what].low, high: one[what].high })),
	});
	const [near, far] = race.targets.map((target) => `${target}`);
	return {
		id: "race",
		title: "Examples and steps until the loss is near the least",
		caption: `Least squares, each batch size at the best of its rates. Targets are shares of the initial excess loss: ${near} is loose, ${far} tight. Geometric means over seeds with 95 % intervals; nothing where the target was not reached within ${race.epochs} epochs.`,
		draw: (canvas) =>
			seriesChart(canvas, {
				title: "Examples and steps to two targets",
				series: [
					line(loose, `examples, to ${near}`, seriesColors[1], "examples"),
					line(tight, `examples, to ${far}`, seriesColors[2], "examples"),
					line(loose, `steps, to ${near}`, seriesColors[3], "steps"),
					line(tight, `steps, to ${far}`, seriesColors[4], "steps"),
				],
				x: { title: "batch size", scale: "batch" },
				y: { title: "examples or steps", scale: "log" },
			}),
	};
}
