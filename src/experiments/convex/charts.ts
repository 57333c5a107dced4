import { seriesColors } from "../../charts/series-chart.js";
import { formatRate } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { bySize, chartOfSeries, measured, pointAt, sizeAxis, theory } from "../lab/series.js";
import type { Figures } from "./figures.js";
import { type SamplerName, samplers } from "./problems.js";
import { examplesOf, type Settings } from "./settings.js";

export const charts = (figures: Figures, settings: Settings): readonly Chart[] => [
	radiusChart(figures, settings),
	collapseChart(figures, settings),
	raceChart(figures, settings),
];

const inWords: Readonly<Record<SamplerName, string>> = { "with-replacement": "with replacement", reshuffle: "reshuffled" };
const distanceAxis = { title: "distance from the optimum", scale: "log" } as const;

function radiusChart({ balls }: Figures, { hover, leastSquares, seeds }: Settings): Chart {
	const examples = examplesOf(leastSquares);
	const own = (sampler: SamplerName, rate: number) =>
		balls
			.filter((ball) => ball.sampler === sampler && ball.examples === examples && ball.learningRate === rate)
			.filter(({ batchSize }) => hover.batchSizes.includes(batchSize))
			.sort((a, b) => a.batchSize - b.batchSize);
	return chartOfSeries({
		id: "radius",
		title: "How far SGD hovers from the optimum",
		caption: `Least squares with ${examples} training examples: root mean squared distance from the exact optimum at random steps, geometric mean over ${seeds} seeds with its 95 % interval. Dashed: the closed form for batches drawn with replacement, with nothing fitted. In reshuffled epochs what one batch overdoes the others of its epoch undo, so that SGD hovers closer.`,
		series: hover.rates.flatMap((rate, i) => {
			const [replaced, reshuffled] = samplers.map((sampler) => own(sampler, rate));
			const [color, other] = [seriesColors[2 * i + 1], seriesColors[2 * i + 2]];
			return [
				bySize(`${inWords["with-replacement"]}, rate ${formatRate(rate)}`, color, replaced, ({ radius }) => radius),
				theory(`closed form, rate ${formatRate(rate)}`, color, replaced, ({ expected }) => expected),
				bySize(`${inWords.reshuffle}, rate ${formatRate(rate)}`, other, reshuffled, ({ radius }) => radius),
			];
		}),
		x: sizeAxis,
		y: distanceAxis,
	});
}

function collapseChart({ balls }: Figures, { hover, seeds }: Settings): Chart {
	const [rate] = hover.rates;
	const points = (sampler: SamplerName, sizeOf: (share: Settings["hover"]["sameShare"][number]) => number) =>
		hover.sameShare.flatMap((share) =>
			balls
				.filter((ball) => ball.sampler === sampler && ball.learningRate === rate)
				.filter((ball) => ball.examples === share.examples && ball.batchSize === sizeOf(share))
				.map(({ examples, radius }) => pointAt(examples, radius)),
		);
	return chartOfSeries({
		id: "collapse",
		title: "What sets the radius: B or B/N?",
		caption: `The number of training examples varies, once with the batch size in step (the same B/N), once with the batch size left at ${hover.sameSize}. The one that sets the radius is the one whose line is level. Geometric means over ${seeds} seeds with 95 % intervals.`,
		series: samplers.flatMap((sampler, i) => {
			const sameShare = points(sampler, ({ batchSize }) => batchSize);
			const sameSize = points(sampler, () => hover.sameSize);
			return [
				measured(`same B/N, ${inWords[sampler]}`, seriesColors[2 * i + 1], sameShare),
				measured(`same B, ${inWords[sampler]}`, seriesColors[2 * i + 2], sameSize),
			];
		}),
		x: { title: "training examples", scale: "log" },
		y: distanceAxis,
	});
}

function raceChart({ loose, tight }: Figures, { race }: Settings): Chart {
	const [near, far] = race.targets;
	return chartOfSeries({
		id: "race",
		title: "Examples and steps until the loss is near the least",
		caption: `Least squares, each batch size at the best of its rates. Targets are shares of the initial excess loss: ${near} is loose, ${far} tight. Geometric means over seeds with 95 % intervals; nothing where the target was not reached within ${race.epochs} epochs.`,
		series: [
			bySize(`examples, to ${near}`, seriesColors[1], loose, ({ examples }) => examples),
			bySize(`examples, to ${far}`, seriesColors[2], tight, ({ examples }) => examples),
			bySize(`steps, to ${near}`, seriesColors[3], loose, ({ steps }) => steps),
			bySize(`steps, to ${far}`, seriesColors[4], tight, ({ steps }) => steps),
		],
		x: sizeAxis,
		y: { title: "examples or steps", scale: "log" },
	});
}
