import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, geometricMeanInterval, meanInterval, notNegative, paired, shares } from "../../analysis/means.js";
import { mean } from "../../core/mean.js";
import { formatCount, formatEstimate } from "../../words/numbers.js";
import type { Arm, Cell, HeldOutCurves } from "../lab/overfit/cell.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { chooseBatchSize, chooseBoth, chooseEpoch, type Scored } from "./choosing.js";
import type { Kind } from "./constructed.js";
import { type Rule, stopOf } from "./rules.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

/** What a rule does to the runs of one arm. */
export interface Ruled {
	readonly rule: Rule;
	/** Runs that it ended. */
	readonly fired: number;
	/** After how many epochs; and what share of all that saves. */
	readonly epochs: Estimate;
	readonly saved: Estimate;
	/** Accuracy on the test set with the weights it keeps, and that less the accuracy after all epochs. */
	readonly accuracy: Estimate;
	readonly gain: Estimate;
}

export interface Row extends Arm {
	readonly learningRate: number;
	readonly atEdge: boolean;
	readonly final: Estimate;
	readonly rules: readonly Ruled[];
}

/** Where the first rule stops an unregularized run, over where it stops the full batch's. */
export interface Earlier {
	readonly batchSize: number;
	readonly epochs: Estimate;
	readonly steps: Estimate;
}

/** What a choice scores on the set that it was made on, on the other one, and the difference. */
export interface Choice {
	readonly of: "epoch" | "batch size" | "both";
	/** Null: over all of them. */
	readonly batchSize: number | null;
	readonly own: Estimate;
	readonly other: Estimate;
	readonly inflation: Estimate;
}

export interface Figures {
	/** For charts. */
	readonly cells: readonly Cell[];
	readonly rows: readonly Row[];
	readonly earlier: readonly Earlier[];
	readonly choices: readonly Choice[];
	readonly constructed: readonly { readonly of: Kind; readonly right: number }[];
}

/**
 * Intervals of the same family: what choosing the epoch and the batch size inflates, and what early stopping gains with and without a
 * regularizer.
 */
export const family = 4;

export const stepsPerEpoch = ({ examples }: Settings, batchSize: number): number => Math.ceil(examples / batchSize);

/** A run that diverged has no end to be compared with. */
const lastOf = ({ testAccuracy, diverged }: HeldOutCurves): number => (diverged ? Number.NaN : testAccuracy[testAccuracy.length - 1]);

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const { batchSizes, rules, few } = settings;
	const cells = results.flatMap((result) => (result.kind === "cell" ? [result] : []));
	/** Unregularized. */
	const bare = batchSizes.map((batchSize) => cellOf(cells, "none", batchSize, few.wrongLabels)?.runs ?? []);
	const stops = bare.map((runs, i) => runs.map((run) => stopOf(rules[0], run, stepsPerEpoch(settings, batchSizes[i])).at));
	const full = batchSizes.length - 1;
	return {
		cells,
		rows: cells.map((cell) => rowFrom(cell, settings)),
		earlier: batchSizes.slice(0, -1).map((batchSize, i): Earlier => {
			const epochs = stops[i].map((at, run) => at / stops[full][run]);
			const factor = stepsPerEpoch(settings, batchSize) / stepsPerEpoch(settings, batchSizes[full]);
			return { batchSize, epochs: geometricMeanInterval(epochs), steps: geometricMeanInterval(epochs.map((ratio) => ratio * factor)) };
		}),
		choices: choicesOf(batchSizes, bare),
		constructed: results.flatMap((result) => (result.kind === "cases" ? [{ of: result.of, right: result.right }] : [])),
	};
}

const cellOf = (cells: readonly Cell[], regularizer: Regularizer, batchSize: number, wrongLabels: number): Cell | undefined =>
	cells.find(({ arm }) => arm.regularizer === regularizer && arm.batchSize === batchSize && arm.wrongLabels === wrongLabels);

function rowFrom({ arm, tuned, runs }: Cell, settings: Settings): Row {
	const ends = runs.map(lastOf);
	return {
		...arm,
		learningRate: tuned.rate,
		atEdge: tuned.atEdge,
		final: boundedMean(ends, shares),
		rules: settings.rules.map((rule, i): Ruled => {
			const stops = runs.map((run) => stopOf(rule, run, stepsPerEpoch(settings, arm.batchSize)));
			const kept = runs.map((run, place) => run.testAccuracy[stops[place].kept]);
			return {
				rule,
				fired: stops.filter(({ fired }) => fired).length,
				epochs: boundedMean(
					stops.map(({ at }) => at),
					notNegative,
				),
				saved: boundedMean(
					stops.map(({ at }) => 1 - at / settings.epochs),
					shares,
				),
				accuracy: boundedMean(kept, shares),
				// The claims are about the first rule.
				gain: meanInterval(paired(kept, ends), i === 0 ? family : 1),
			};
		}),
	};
}

function choicesOf(batchSizes: readonly number[], bare: readonly (readonly HeldOutCurves[])[]): readonly Choice[] {
	const choice = (of: Choice["of"], batchSize: number | null, scored: readonly Scored[], comparisons: number): Choice => {
		const inflations = scored.map(({ own, other }) => own - other);
		return { of, batchSize, own: meanOf(scored, "own"), other: meanOf(scored, "other"), inflation: meanInterval(inflations, comparisons) };
	};
	const meanOf = (scored: readonly Scored[], set: keyof Scored) =>
		boundedMean(
			scored.map((one) => one[set]),
			shares,
		);
	/** Those of one seed, one run for each batch size. */
	const together = bare[0].map((_, seed) => bare.map((runs) => runs[seed]));
	const epochs = together.map((runs): Scored => {
		const scored = runs.map(chooseEpoch);
		return { own: mean(scored.map(({ own }) => own)), other: mean(scored.map(({ other }) => other)) };
	});
	return [
		...batchSizes.map((batchSize, i) => choice("epoch", batchSize, bare[i].map(chooseEpoch), 1)),
		choice("epoch", null, epochs, family),
		choice("batch size", null, together.map(chooseBatchSize), family),
		choice("both", null, together.map(chooseBoth), 1),
	];
}

export const rowOf = ({ rows }: Figures, regularizer: Regularizer, batchSize: number, right = false): Row | undefined =>
	rows.find((row) => row.regularizer === regularizer && row.batchSize === batchSize && (row.wrongLabels === 0) === right);

/** Those of a regularizer by batch size, on the labels that are partly wrong. */
export const rowsOf = (figures: Figures, { batchSizes }: Settings, regularizer: Regularizer): readonly Row[] =>
	batchSizes.flatMap((batchSize) => rowOf(figures, regularizer, batchSize) ?? []);

export const choiceOf = ({ choices }: Figures, of: Choice["of"]): Choice | undefined =>
	choices.find((choice) => choice.of === of && choice.batchSize === null);

/** A number of epochs with its interval; a budget's, which is the same in every run, alone. */
export const spanOf = (epochs: Estimate): string =>
	epochs.low !== null && epochs.low === epochs.high ? formatCount(epochs.low) : formatEstimate(epochs);
