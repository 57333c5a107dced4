import type { Json } from "../../core/canonical.js";
import { formatCount, formatEstimate, formatNumber } from "../../words/numbers.js";
import type { Conclusion, Table } from "../experiment.js";
import { normsChart, squaresChart } from "./charts.js";
import { claimsOf } from "./claims.js";
import { type Figures, figuresOf, type Stage } from "./figures.js";
import type { Result, Settings } from "./settings.js";

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const figures = figuresOf(settings, results);
	const { early, late } = figures;
	return {
		results: figures as unknown as Json,
		words: wordsOf(figures),
		tables: [...[early, late].map((stage) => normsTable(stage, settings)), slopesTable(figures), pathsTable(figures, settings)],
		charts: [normsChart(figures, settings, "mean"), normsChart(figures, settings, "sum"), squaresChart(figures, settings)],
		claims: claimsOf(settings, figures),
	};
}

function wordsOf({ early, late, paths }: Figures): readonly string[] {
	const span = ({ sizes, epochs }: Stage, times: (batchSize: number) => number) => {
		const ends = [sizes[0], sizes[sizes.length - 1]].map(({ mean, batchSize }) => formatNumber(mean * times(batchSize)));
		return `${ends.join(" to ")} after ${epochs} epochs`;
	};
	const both = (times: (batchSize: number) => number) => [early, late].map((stage) => span(stage, times)).join(" and ");
	// The full batch is left out: there the two are the same figure, but for rounding.
	const ratios = [early, late].flatMap(({ sizes }) => sizes.slice(0, -1).map(({ ratio }) => ratio));
	const held = ratios.filter(({ low, high }) => low !== null && high !== null && low <= 1 && high >= 1).length;
	const off = Math.max(...ratios.map(({ estimate }) => Math.abs((estimate ?? Number.NaN) - 1)));
	const slope = (stage: Stage, over: "all" | "small" | "large") =>
		formatEstimate(stage.slopes.find((one) => one.reduction === "sum" && one.over === over)?.measured ?? none);
	const gap = (values: readonly { readonly estimate: number | null }[]) =>
		formatNumber(Math.max(...values.map(({ estimate }) => estimate ?? Number.NaN)));
	return [
		`Both, and it depends on what is done with the batch: averaged over it, the mean norm falls from batches of one to the full batch (${both(() => 1)}); summed over it, it grows (${both((batchSize) => batchSize)}).`,
		`Noise that averages out accounts for both: with nothing fitted, the mean squared norm of the averaged gradient should be |G|² + (1/B − 1/N)·tr(Σ), and ${held} of ${ratios.length} measured ones agree with that within their intervals; the farthest is ${formatNumber(100 * off)} % off.`,
		`So the squared norm of the sum is linear in the batch size only where noise outweighs the gradient: its slope on logarithmic axes is ${slope(early, "small")} over the smallest sizes, ${slope(early, "large")} over the largest and ${slope(early, "all")} over all after ${early.epochs} epochs, ${slope(late, "all")} after ${late.epochs}. The two are equal at the noise scale, ${formatEstimate(early.noiseScale)} examples early and ${formatEstimate(late.noiseScale)} late.`,
		`Plain SGD with summed gradients at η/B ends where averaged ones at η end, to ${gap(paths.map(({ whole }) => whole))} of the way, as long as every batch is whole; a partial last batch takes them ${gap(paths.map(({ partial }) => partial))} of the way apart.`,
	];
}

const none = { estimate: null, low: null, high: null };

const normsTable = ({ epochs, sizes }: Stage, { batches }: Settings): Table => ({
	title: `Norms of ${formatCount(batches)} batches of each size after ${epochs} epochs, averages over seeds`,
	columns: [
		{ title: "batch size", numeric: true },
		{ title: "averaged: mean norm", numeric: true },
		{ title: "its sd", numeric: true },
		{ title: "its variance (norm squared)", numeric: true },
		{ title: "summed: mean norm", numeric: true },
		{ title: "its sd", numeric: true },
		{ title: "its variance (norm squared)", numeric: true },
		{ title: "mean squared norm over the closed form", numeric: true },
	],
	rows: sizes.map(({ batchSize, mean, deviation, variance, ratio }) => [
		formatCount(batchSize),
		formatNumber(mean),
		formatNumber(deviation),
		formatNumber(variance),
		formatNumber(batchSize * mean),
		formatNumber(batchSize * deviation),
		formatNumber(batchSize * batchSize * variance),
		formatEstimate(ratio),
	]),
});

const slopesTable = ({ early, late }: Figures): Table => ({
	title: "Slope of the mean squared norm against the batch size, both logarithmic",
	columns: [
		{ title: "gradient", numeric: false },
		{ title: "after", numeric: false },
		{ title: "batch sizes", numeric: false },
		{ title: "measured", numeric: true },
		{ title: "closed form", numeric: true },
	],
	rows: [early, late].flatMap(({ epochs, slopes }) =>
		slopes.map(({ reduction, batchSizes, measured, expected }) => [
			reduction === "mean" ? "averaged" : "summed",
			`${epochs} epochs`,
			batchSizes.map(formatCount).join(" to "),
			formatEstimate(measured),
			formatNumber(expected),
		]),
	),
});

const pathsTable = ({ paths }: Figures, settings: Settings): Table => ({
	title: `How far apart summed and averaged runs end after ${settings.paths.epochs} epochs, as a share of the way`,
	columns: [
		{ title: "batch size", numeric: true },
		{ title: "η/B, whole batches", numeric: true },
		{ title: "η/B, partial last batch kept", numeric: true },
		{ title: "2η/B, whole batches", numeric: true },
	],
	rows: paths.map(({ batchSize, whole, partial, otherRate }) => [
		formatCount(batchSize),
		formatEstimate(whole),
		formatEstimate(partial),
		formatEstimate(otherRate),
	]),
});
