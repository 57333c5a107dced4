import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatNumber, formatRate } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { byEpochsChart, bySizeChart, byStepsChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Arm, type Figures, figuresOf } from "./figures.js";
import type { Result, Settings } from "./settings.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	const { arms, ...found } = figures;
	return {
		results: {
			...found,
			arms: arms.map(({ travels, ...arm }) => ({ ...arm, diverged: travels.filter(({ diverged }) => diverged).length })),
		} as unknown as Json,
		words: wordsOf(figures, settings),
		tables: [distanceTable(figures, settings, "mean"), distanceTable(figures, settings, "sum"), stepsTable(figures, settings)],
		charts: [
			bySizeChart(figures, settings, "mean"),
			bySizeChart(figures, settings, "sum"),
			byEpochsChart(figures, settings),
			byStepsChart(figures, settings),
		],
		claims: claimsOf(settings, figures),
	};
}

function wordsOf(figures: Figures, settings: Settings): readonly string[] {
	const { batchSizes, epochs, rates, steps } = settings;
	const of = (reduction: "mean" | "sum") => armsAt(figures, reduction, rates[reduction][1]);
	const span = (arms: readonly Arm[]) =>
		`from ${formatEstimate(arms[0].afterEpochs)} with batches of one to ${formatEstimate(arms[arms.length - 1].afterEpochs)} with the full batch`;
	const slope = (reduction: "mean" | "sum") =>
		figures.atEqualExamples.find((one) => one.reduction === reduction && one.learningRate === rates[reduction][1])?.slope;
	const apart = figures.atEqualSteps.map(({ ratio }) => ratio.estimate ?? Number.NaN);
	const straight = armsAt(figures, "mean", rates.mean[1]);
	const written = (reduction: "mean" | "sum") => {
		const found = slope(reduction);
		return found ? formatEstimate(found) : "";
	};
	return [
		`At one learning rate and after the same ${epochs} epochs, large batches have travelled less far when gradients are averaged: ${span(of("mean"))} at rate ${formatRate(rates.mean[1])}, a slope of ${written("mean")} on logarithmic axes. They make fewer steps, and each is no longer.`,
		`Summed over the batch, at rate ${formatRate(rates.sum[1])}, it is ${span(of("sum"))}, a slope of ${written("sum")}: a step grows with its batch, and that about makes up for the fewer steps.`,
		`After the same ${steps} steps the batch size hardly shows: distances are ${formatNumber(Math.min(...apart))} to ${formatNumber(Math.max(...apart))} times the full batch's. Noise makes the steps of small batches longer, but not the way that is left of them.`,
		`The first plain step is as long as η‖g‖, to a relative ${formatNumber(figures.firstStepOff)}; after ${steps} steps the distance is ${formatEstimate(straight[straight.length - 1].straightness)} of the summed lengths with the full batch and ${formatEstimate(straight[0].straightness)} with batches of ${formatCount(batchSizes[0])}: steps partly undo each other.`,
	];
}

const armsAt = ({ arms }: Figures, reduction: "mean" | "sum", learningRate: number): readonly Arm[] =>
	arms.filter((arm) => arm.reduction === reduction && arm.learningRate === learningRate);

const distanceTable = (figures: Figures, { batchSizes, rates, epochs }: Settings, reduction: "mean" | "sum"): Table => ({
	title: `Distance from the initial weights after ${epochs} epochs, gradients ${reduction === "mean" ? "averaged" : "summed"}`,
	columns: [
		{ title: "batch size", numeric: true },
		...rates[reduction].flatMap((rate) => [
			{ title: `rate ${formatRate(rate)}`, numeric: true },
			{ title: "held-out accuracy", numeric: true },
		]),
	],
	rows: batchSizes.map((batchSize, i) => [
		formatCount(batchSize),
		...rates[reduction].flatMap((rate) => {
			const arm = armsAt(figures, reduction, rate)[i];
			const diverged = arm.travels.filter((travel) => travel.diverged).length;
			return diverged > 0
				? [`${diverged} of ${arm.travels.length} diverged`, "—"]
				: [formatEstimate(arm.afterEpochs), formatEstimate(arm.accuracy)];
		}),
	]),
});

const stepsTable = (figures: Figures, { batchSizes, rates, steps }: Settings): Table => ({
	title: `After ${steps} steps at rate ${formatRate(rates.mean[1])}, gradients averaged`,
	columns: [
		{ title: "batch size", numeric: true },
		{ title: "distance", numeric: true },
		{ title: "over the full batch's", numeric: true },
		{ title: "over the summed lengths of the steps", numeric: true },
		{ title: "examples used", numeric: true },
		{ title: "distance per 1,000 examples", numeric: true },
	],
	rows: batchSizes.map((batchSize, i) => {
		const arm = armsAt(figures, "mean", rates.mean[1])[i];
		const [first] = arm.travels;
		const examples = first.examples[first.step.indexOf(steps)] ?? Number.NaN;
		return [
			formatCount(batchSize),
			formatEstimate(arm.afterSteps),
			i < figures.atEqualSteps.length ? formatEstimate(figures.atEqualSteps[i].ratio) : "1",
			formatEstimate(arm.straightness),
			formatCount(examples),
			formatNumber((1000 * (arm.afterSteps.estimate ?? Number.NaN)) / examples),
		];
	}),
});
