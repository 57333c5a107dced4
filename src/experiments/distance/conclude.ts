import type { Json } from "../../core/canonical.js";
import type { Conclusion, Table, Writing } from "../experiment.js";
import { byEpochsChart, bySizeChart, byStepsChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Arm, type Figures, figuresOf } from "./figures.js";
import type { Result, Settings } from "./settings.js";

export function conclude(settings: Settings, results: readonly Result[], write: Writing): Conclusion {
	const figures = figuresOf(settings, results);
	const { arms, ...found } = figures;
	return {
		results: {
			...found,
			arms: arms.map(({ travels, ...arm }) => ({ ...arm, diverged: travels.filter(({ diverged }) => diverged).length })),
		} as unknown as Json,
		words: wordsOf(figures, settings, write),
		tables: [
			distanceTable(figures, settings, write, "mean"),
			distanceTable(figures, settings, write, "sum"),
			stepsTable(figures, settings, write),
		],
		charts: [
			bySizeChart(figures, settings, "mean", write),
			bySizeChart(figures, settings, "sum", write),
			byEpochsChart(figures, settings),
			byStepsChart(figures, settings),
		],
		claims: claimsOf(settings, figures, write),
	};
}

function wordsOf(figures: Figures, settings: Settings, write: Writing): readonly string[] {
	const { batchSizes, epochs, rates, steps } = settings;
	const of = (reduction: "mean" | "sum") => armsAt(figures, reduction, rates[reduction][1]);
	const span = (arms: readonly Arm[]) =>
		`from ${write.interval(arms[0].afterEpochs)} with batches of one to ${write.interval(arms[arms.length - 1].afterEpochs)} with the full batch`;
	const slope = (reduction: "mean" | "sum") =>
		figures.atEqualExamples.find((one) => one.reduction === reduction && one.learningRate === rates[reduction][1])?.slope;
	const apart = figures.atEqualSteps.map(({ ratio }) => ratio.estimate ?? Number.NaN);
	const straight = armsAt(figures, "mean", rates.mean[1]);
	const written = (reduction: "mean" | "sum") => {
		const found = slope(reduction);
		return found ? write.interval(found) : "";
	};
	return [
		`At one learning rate and after the same ${epochs} epochs, large batches have travelled less far when gradients are averaged: ${span(of("mean"))} at rate ${write.rate(rates.mean[1])}, a slope of ${written("mean")} on logarithmic axes. They make fewer steps, and each is no longer.`,
		`Summed over the batch, at rate ${write.rate(rates.sum[1])}, it is ${span(of("sum"))}, a slope of ${written("sum")}: a step grows with its batch, and that about makes up for the fewer steps.`,
		`After the same ${steps} steps the batch size hardly shows: distances are ${write.number(Math.min(...apart))} to ${write.number(Math.max(...apart))} times the full batch's. Noise makes the steps of small batches longer, but not the way that is left of them.`,
		`The first plain step is as long as η‖g‖, to a relative ${write.number(figures.firstStepOff)}; after ${steps} steps the distance is ${write.interval(straight[straight.length - 1].straightness)} of the summed lengths with the full batch and ${write.interval(straight[0].straightness)} with batches of ${write.count(batchSizes[0])}: steps partly undo each other.`,
	];
}

const armsAt = ({ arms }: Figures, reduction: "mean" | "sum", learningRate: number): readonly Arm[] =>
	arms.filter((arm) => arm.reduction === reduction && arm.learningRate === learningRate);

const distanceTable = (figures: Figures, { batchSizes, rates, epochs }: Settings, write: Writing, reduction: "mean" | "sum"): Table => ({
	title: `Distance from the initial weights after ${epochs} epochs, gradients ${reduction === "mean" ? "averaged" : "summed"}`,
	columns: [
		{ title: "batch size", numeric: true },
		...rates[reduction].flatMap((rate) => [
			{ title: `rate ${write.rate(rate)}`, numeric: true },
			{ title: "held-out accuracy", numeric: true },
		]),
	],
	rows: batchSizes.map((batchSize, i) => [
		write.count(batchSize),
		...rates[reduction].flatMap((rate) => {
			const arm = armsAt(figures, reduction, rate)[i];
			const diverged = arm.travels.filter((travel) => travel.diverged).length;
			return diverged > 0
				? [`${diverged} of ${arm.travels.length} diverged`, "—"]
				: [write.interval(arm.afterEpochs), write.interval(arm.accuracy)];
		}),
	]),
});

const stepsTable = (figures: Figures, { batchSizes, rates, steps }: Settings, write: Writing): Table => ({
	title: `After ${steps} steps at rate ${write.rate(rates.mean[1])}, gradients averaged`,
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
			write.count(batchSize),
			write.interval(arm.afterSteps),
			i < figures.atEqualSteps.length ? write.interval(figures.atEqualSteps[i].ratio) : "1",
			write.interval(arm.straightness),
			write.count(examples),
			write.number((1000 * (arm.afterSteps.estimate ?? Number.NaN)) / examples),
		];
	}),
});
