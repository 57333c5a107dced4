import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, meanInterval, paired, shares } from "../../analysis/means.js";
import type { StepTime } from "../../core/calibration.js";
import { type ComparisonName, comparisonNames } from "../../core/comparisons.js";
import type { Arm, Runs } from "./arms.js";
import { type MainEffects, mainEffects } from "./main-effects.js";
import type { Settings } from "./settings.js";
import { isArm, isCell, type Result } from "./tasks.js";

export const tunings = ["untuned", "tuned"] as const;
export type Tuning = (typeof tunings)[number];

/** One batch size under one budget and tuning, from the reporting seeds. */
export interface Cell {
	readonly budget: ComparisonName;
	readonly tuning: Tuning;
	readonly batchSize: number;
	readonly steps: number;
	/** Null where every rate diverged: nothing is known then. */
	readonly learningRate: number | null;
	readonly atEdge: boolean;
	readonly diverged: number;
	readonly test: Estimate;
	readonly train: Estimate;
	/** Training accuracy less test accuracy, of the runs' own. */
	readonly gap: Estimate;
}

/** What a budget and tuning say: test accuracy of the reference less that of the largest size, and of the smallest; paired by seed. */
export interface Reading {
	readonly budget: ComparisonName;
	readonly tuning: Tuning;
	readonly large: Estimate;
	readonly small: Estimate;
}

export interface Figures {
	readonly cells: readonly Cell[];
	readonly readings: readonly Reading[];
	/** At equal epochs, tuned: the size between the ends that was best on the tuning seeds, and its test accuracy less that of either end. */
	readonly middle: { readonly batchSize: number; readonly overSmallest: Estimate; readonly overLargest: Estimate } | null;
	readonly crossed: MainEffects;
	readonly stepTimes: readonly StepTime[];
}

/** Intervals of the same family: two for each of six readings, two for the size between the ends, two of the crossed design. */
export const family = 16;

export function figuresOf({ study, chance, reference, crossed }: Settings, results: readonly Result[]): Figures {
	const { batchSizes } = study;
	const arms = results.filter(isArm).sort((a, b) => a.batchSize - b.batchSize);
	const arm = (budget: ComparisonName, batchSize: number) => arms.find((one) => one.budget === budget && one.batchSize === batchSize);
	const accuracies = (budget: ComparisonName, tuning: Tuning, batchSize: number) =>
		testAccuracies(arm(budget, batchSize)?.[tuning] ?? null, chance);
	const [smallest, largest] = [batchSizes[0], batchSizes[batchSizes.length - 1]];
	const less = (budget: ComparisonName, tuning: Tuning, first: number, second: number) =>
		meanInterval(paired(accuracies(budget, tuning, first), accuracies(budget, tuning, second)), family);
	const chosen = bestBetween(arms, smallest, largest);
	return {
		cells: arms.flatMap((one) => tunings.map((tuning) => cellOf(one, tuning, chance))),
		readings: comparisonNames.flatMap((budget) =>
			tunings.map((tuning) => ({
				budget,
				tuning,
				large: less(budget, tuning, reference, largest),
				small: less(budget, tuning, reference, smallest),
			})),
		),
		middle:
			chosen === null
				? null
				: {
						batchSize: chosen,
						overSmallest: less("epochs", "tuned", chosen, smallest),
						overLargest: less("epochs", "tuned", chosen, largest),
					},
		crossed: mainEffects(crossed, results.filter(isCell), chance, family),
		stepTimes: results.flatMap((result) => ("stepTimes" in result ? result.stepTimes : [])),
	};
}

/** A run that diverged counts as guessing. */
const testAccuracies = (runs: Runs | null, chance: number): readonly number[] => runs?.ends.map((end) => end?.test ?? chance) ?? [];

function cellOf(arm: Arm, tuning: Tuning, chance: number): Cell {
	const runs = arm[tuning];
	const ends = runs?.ends ?? [];
	const { budget, batchSize, steps, atEdge } = arm;
	return {
		budget,
		tuning,
		batchSize,
		steps,
		learningRate: runs?.learningRate ?? null,
		atEdge: tuning === "tuned" && atEdge,
		diverged: ends.filter((end) => end === null).length,
		test: boundedMean(testAccuracies(runs, chance), shares),
		train: boundedMean(
			ends.map((end) => end?.train ?? chance),
			shares,
		),
		gap: meanInterval(ends.map((end) => (end ? end.train - end.test : 0))),
	};
}

/** By held-out accuracy on the tuning seeds; of equal ones the smaller. */
function bestBetween(arms: readonly Arm[], smallest: number, largest: number): number | null {
	const between = arms
		.filter(({ budget, batchSize }) => budget === "epochs" && batchSize > smallest && batchSize < largest)
		.flatMap(({ batchSize, tuningAccuracy }) => (tuningAccuracy === null ? [] : [{ batchSize, tuningAccuracy }]))
		.sort((a, b) => b.tuningAccuracy - a.tuningAccuracy || a.batchSize - b.batchSize);
	return between[0]?.batchSize ?? null;
}
