import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, geometricMeanInterval, meanInterval, paired, shares } from "../../analysis/means.js";
import { bestRate } from "../lab/best-rate.js";
import { type LineFigure, lineFiguresOf } from "./line-figures.js";
import type { Settings } from "./settings.js";
import type { Solution } from "./solution.js";
import type { LinesResult, Result, SolutionResult } from "./tasks.js";

/** What is compared: everything the same but the batch size and what follows from it. */
export const comparisons = ["equal epochs", "same rate", "tuned rates"] as const;
export type Comparison = (typeof comparisons)[number];

/** Some runs' ends. All null where a run is missing: it diverged, or didn't come so far. */
export interface Ends {
	readonly batchSize: number;
	/** Null: no rate got all tuning runs to the training loss. */
	readonly learningRate: number | null;
	readonly missing: number;
	readonly epochs: Estimate;
	readonly trainLoss: Estimate;
	readonly accuracy: Estimate;
	readonly sharpness: Estimate;
	readonly eigenvalue: Estimate;
	/** Share of the sharpness that the gradient alone would give. */
	readonly slopeShare: Estimate;
}

/** A larger batch compared with the small one, seed by seed. */
export interface Ratios {
	readonly comparison: Comparison;
	readonly batchSize: number;
	readonly sharpness: Estimate;
	readonly eigenvalue: Estimate;
	readonly trainLoss: Estimate;
	/** Held-out accuracy, the larger batch's less the small one's. */
	readonly accuracy: Estimate;
}

export interface Figures {
	/** Of each comparison, one a batch size. */
	readonly ends: Readonly<Record<Comparison, readonly Ends[]>>;
	readonly ratios: readonly Ratios[];
	/** At the training loss, one a rate and batch size. */
	readonly cells: readonly (Ends & { readonly learningRate: number })[];
	/** Batch sizes whose tuned rate is the first or last of those tried. */
	readonly atEdge: readonly number[];
	readonly lines: readonly LineFigure[];
}

/** Intervals of the same family: two measures in every comparison, for every batch size but the first. */
export const familyOf = ({ sizes }: Settings): number => 2 * comparisons.length * (sizes.length - 1);

type Found = readonly (Solution | null)[];

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const { sizes, sameRate, seeds } = settings;
	const singles = results.filter((result): result is SolutionResult => result.kind === "solution");
	const lines = results.filter((result): result is LinesResult => result.kind === "lines");
	/** In the order of the seeds. */
	const all = (batchSize: number, learningRate: number): Found =>
		singles.filter((one) => one.batchSize === batchSize && one.learningRate === learningRate).map(({ solution }) => solution);
	const reported = (batchSize: number, learningRate: number) => all(batchSize, learningRate).slice(seeds.tuning);
	const places = sizes.map(({ batchSize, rates }) => {
		const epochs = rates.map((rate) => meanEpochs(all(batchSize, rate).slice(0, seeds.tuning)));
		return bestRate(rates, epochs)?.place ?? null;
	});
	const together = (until: LinesResult["until"], size: number): Found =>
		lines.filter((one) => one.until === until).map(({ solutions }) => solutions[size]);
	/** One a batch size. */
	const found: Readonly<Record<Comparison, readonly { readonly rate: number | null; readonly found: Found }[]>> = {
		"equal epochs": sizes.map((_, i) => ({ rate: sameRate, found: together("epochs", i) })),
		"same rate": sizes.map((_, i) => ({ rate: sameRate, found: together("loss", i) })),
		"tuned rates": sizes.map(({ batchSize, rates }, i) => {
			const place = places[i];
			return place === null ? { rate: null, found: [] } : { rate: rates[place], found: reported(batchSize, rates[place]) };
		}),
	};
	const endsBySize = (comparison: Comparison) => found[comparison].map((one, i) => endsOf(sizes[i].batchSize, one.rate, one.found));
	const family = familyOf(settings);
	return {
		ends: { "equal epochs": endsBySize("equal epochs"), "same rate": endsBySize("same rate"), "tuned rates": endsBySize("tuned rates") },
		ratios: comparisons.flatMap((comparison) => {
			const [small, ...others] = found[comparison];
			return others.map((other, i) => ({ comparison, batchSize: sizes[i + 1].batchSize, ...ratiosOf(small.found, other.found, family) }));
		}),
		cells: sizes.flatMap(({ batchSize, rates }) =>
			rates.map((learningRate) => ({ ...endsOf(batchSize, learningRate, reported(batchSize, learningRate)), learningRate })),
		),
		atEdge: sizes.flatMap(({ batchSize, rates }, i) => (places[i] === 0 || places[i] === rates.length - 1 ? [batchSize] : [])),
		lines: lineFiguresOf(settings, lines),
	};
}

/** Geometric; null where one is missing. */
function meanEpochs(found: Found): number | null {
	const epochs = found.map((solution) => solution?.epochs ?? Number.NaN);
	return geometricMeanInterval(epochs).estimate;
}

const of = (found: Found, what: (solution: Solution) => number): readonly number[] =>
	found.map((solution) => (solution ? what(solution) : Number.NaN));
const sharpnessOf = ({ curvature }: Solution): number => curvature?.sharpness ?? Number.NaN;
const eigenvalueOf = ({ curvature }: Solution): number => curvature?.eigenvalue ?? Number.NaN;

function endsOf(batchSize: number, learningRate: number | null, found: Found): Ends {
	return {
		batchSize,
		learningRate,
		missing: found.filter((solution) => solution === null).length,
		epochs: geometricMeanInterval(of(found, ({ epochs }) => epochs)),
		trainLoss: geometricMeanInterval(of(found, ({ trainLoss }) => trainLoss)),
		accuracy: boundedMean(
			of(found, ({ validationAccuracy }) => validationAccuracy),
			shares,
		),
		sharpness: geometricMeanInterval(of(found, sharpnessOf)),
		eigenvalue: geometricMeanInterval(of(found, eigenvalueOf)),
		slopeShare: meanInterval(of(found, ({ curvature }) => (curvature ? curvature.slope / curvature.sharpness : Number.NaN))),
	};
}

function ratiosOf(small: Found, other: Found, family: number): Omit<Ratios, "comparison" | "batchSize"> {
	const ratio = (what: (solution: Solution) => number, comparisons: number) => {
		const below = of(small, what);
		const ratios = of(other, what).map((value, seed) => value / (below[seed] ?? Number.NaN));
		return geometricMeanInterval(ratios, comparisons);
	};
	const accuracy = ({ validationAccuracy }: Solution) => validationAccuracy;
	return {
		sharpness: ratio(sharpnessOf, family),
		eigenvalue: ratio(eigenvalueOf, family),
		trainLoss: ratio(({ trainLoss }) => trainLoss, 1),
		accuracy: meanInterval(paired(of(other, accuracy), of(small, accuracy))),
	};
}
