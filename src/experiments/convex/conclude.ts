import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { collapseChart, raceChart, radiusChart } from "./charts.js";
import { claimsOf, margin } from "./claims.js";
import { type Figures, figuresOf } from "./figures.js";
import type { Result, Settings } from "./settings.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [
			ballTable(figures),
			raceTable(figures, settings),
			settledTable(figures, settings),
			harmTable(figures.harm, "logistic regression on made data"),
			harmTable(figures.realHarm, "handwritten digits, even or odd"),
		],
		charts: [radiusChart(figures, settings), collapseChart(figures, settings), raceChart(figures, settings)],
		claims: claimsOf(settings, figures),
	};
}

const inWords = { "with-replacement": "with replacement", reshuffle: "reshuffled epochs" } as const;

function wordsOf(figures: Figures, { hover, converge, race, leastSquares }: Settings): readonly string[] {
	const below = figures.settled.filter(({ share }) => share < 1);
	const farthest = Math.max(...below.map(({ left }) => left.estimate ?? Number.NaN));
	const shares = converge.shares.filter((share) => share < 1);
	const [rate] = hover.rates;
	const examples = (leastSquares.examples * 4) / 5;
	const ball = (sampler: "with-replacement" | "reshuffle", batchSize: number) =>
		formatEstimate(
			figures.balls.find(
				(one) => one.sampler === sampler && one.batchSize === batchSize && one.learningRate === rate && one.examples === examples,
			)?.radius ?? { estimate: null, low: null, high: null },
		);
	const known = figures.balls.filter(({ expected }) => expected !== null);
	const off = Math.max(...known.map(({ ratio }) => Math.abs((ratio.estimate ?? Number.NaN) - 1)));
	const [replacing, reshuffled] = figures.fromFewToMany;
	const [least, most] = [hover.batchSizes[0], hover.batchSizes[hover.batchSizes.length - 1]];
	const missed = figures.tight.filter(({ learningRate }) => learningRate === null).map(({ batchSize }) => formatCount(batchSize));
	const ends = [figures.loose[0], figures.loose[figures.loose.length - 1]];
	return [
		`The full batch ${farthest <= margin.reached ? "ends at the optimum" : "is still on its way to the optimum"}; at a constant rate a batch of ${least} hovers at ${ball("with-replacement", least)} from it, one of ${most} at ${ball("with-replacement", most)}.`,
		`After ${formatCount(converge.steps)} steps at ${shares.join(" and ")} of 2/L the full batch's distance has fallen by ${formatNumber(-farthest)} powers of ten where it fell least. The hovering is at rate ${formatRate(rate)}, drawn with replacement; in reshuffled epochs it is at ${ball("reshuffle", least)} and ${ball("reshuffle", most)}. With replacement the closed form says how far, to within ${formatNumber(100 * off)} % and with nothing fitted.`,
		`From the fewest examples to the most the radius changes by a factor of ${formatEstimate(replacing.sameShare)} at the same B/N and ${formatEstimate(replacing.sameSize)} at the same B (with replacement); in reshuffled epochs by ${formatEstimate(reshuffled.sameShare)} and ${formatEstimate(reshuffled.sameSize)}. A ratio of 1 marks what sets it.`,
		`To a loose target (${race.targets[0]} of the excess loss left) a batch of ${formatCount(ends[0].batchSize)} takes ${formatEstimate(ends[0].examples)} examples and ${formatEstimate(ends[0].steps)} steps, the full batch ${formatEstimate(ends[1].examples)} and ${formatEstimate(ends[1].steps)}.${
			missed.length > 0
				? ` To a tight one (${race.targets[1]}) batches of ${missed.join(", ")} don't come within ${race.epochs} epochs at any one rate, since they hover too far out.`
				: ""
		}`,
	];
}

const ballTable = ({ balls }: Figures): Table => ({
	title: "Root mean squared distance from the optimum, least squares",
	columns: [
		{ title: "sampler", numeric: false },
		{ title: "training examples", numeric: true },
		{ title: "batch size", numeric: true },
		{ title: "rate", numeric: true },
		{ title: "distance", numeric: true },
		{ title: "closed form", numeric: true },
		{ title: "over it", numeric: true },
	],
	rows: [...balls]
		.sort((a, b) =>
			a.sampler < b.sampler
				? 1
				: a.sampler > b.sampler
					? -1
					: b.learningRate - a.learningRate || a.examples - b.examples || a.batchSize - b.batchSize,
		)
		.map(({ sampler, examples, batchSize, learningRate, radius, expected, ratio }) => [
			inWords[sampler],
			formatCount(examples),
			formatCount(batchSize),
			formatRate(learningRate),
			formatEstimate(radius),
			expected === null ? "none known" : formatNumber(expected),
			formatEstimate(ratio),
		]),
});

const raceTable = ({ loose, tight }: Figures, { race }: Settings): Table => ({
	title: "Until the loss is near the least, least squares",
	columns: [
		{ title: "batch size", numeric: true },
		...race.targets.flatMap((target) => [
			{ title: `best rate to ${target}`, numeric: true },
			{ title: "steps", numeric: true },
			{ title: "examples", numeric: true },
		]),
	],
	rows: loose.map((one, i) => [
		formatCount(one.batchSize),
		...[one, tight[i]].flatMap(({ learningRate, steps, examples }) =>
			learningRate === null ? ["none", "not reached", "—"] : [formatRate(learningRate), formatEstimate(steps), formatEstimate(examples)],
		),
	]),
});

const settledTable = ({ settled }: Figures, { converge }: Settings): Table => ({
	title: `The full batch after ${converge.steps} steps at a constant rate`,
	columns: [
		{ title: "problem", numeric: false },
		{ title: "rate, as a share of 2/L", numeric: true },
		{ title: "log₁₀ of the distance left, of that at the start", numeric: true },
		{ title: "diverged", numeric: false },
	],
	rows: settled.map(({ problem, share, left, diverged, runs }) => [problem, String(share), formatEstimate(left), `${diverged} of ${runs}`]),
});

const harmTable = (harm: Figures["harm"], on: string): Table => ({
	title: `Validation error of hovering weights less that of the optimum: ${on}`,
	columns: [
		{ title: "sampler", numeric: false },
		{ title: "batch size", numeric: true },
		{ title: "excess error", numeric: true },
	],
	rows: harm.map(({ sampler, batchSize, excessError }) => [inWords[sampler], formatCount(batchSize), formatPercent(excessError)]),
});
