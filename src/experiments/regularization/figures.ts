import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, meanInterval, notNegative, paired, shares } from "../../analysis/means.js";
import { countFits, type Fit, riseOf } from "../lab/diagnose.js";
import type { Arm, Cell, HeldOutCurves } from "../lab/overfit/cell.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import type { Settings } from "./settings.js";

/** One regularizer at one batch size, from the reporting seeds. */
export interface Row extends Arm {
	readonly learningRate: number;
	readonly atEdge: boolean;
	/** What the held-out loss ends above its least, in parts of the untrained network's. */
	readonly rise: Estimate;
	/** On the test set: at the end, and where the validation loss was least. */
	readonly accuracy: Estimate;
	readonly accuracyAtLeast: Estimate;
	/** Runs of each kind; those that diverged are of none. */
	readonly fits: Readonly<Record<Fit, number>>;
	/** The rise without a regularizer at the same batch size less this one; null for "none". */
	readonly effect: Estimate | null;
}

/** Batch normalization's effect at a batch size between the ends, less that at either end; paired by seed. */
export interface Peak {
	readonly batchSize: number;
	readonly overSmallest: Estimate;
	readonly overLargest: Estimate;
}

export interface Figures {
	/** For charts. */
	readonly cells: readonly Cell[];
	readonly rows: readonly Row[];
	readonly peaks: readonly Peak[];
}

/** That are said to prevent over-fitting, at the moderate batch size. */
export const preventing = ["gradient noise", "dropout", "batch normalization"] as const satisfies readonly Regularizer[];

/**
 * Intervals of the same family: the unregularized rise at each batch size, the rise with each of the three, and two comparisons at each
 * batch size between the ends.
 */
export const familyOf = ({ batchSizes }: Settings): number => batchSizes.length + preventing.length + 2 * (batchSizes.length - 2);

export function figuresOf(settings: Settings, cells: readonly Cell[]): Figures {
	const { batchSizes, few } = settings;
	const family = familyOf(settings);
	const risesOf = (regularizer: Regularizer, batchSize: number): readonly number[] =>
		cells
			.find(({ arm }) => arm.regularizer === regularizer && arm.batchSize === batchSize && arm.wrongLabels === few.wrongLabels)
			?.runs.map(rise) ?? [];
	const effects = (regularizer: Regularizer, batchSize: number) => paired(risesOf("none", batchSize), risesOf(regularizer, batchSize));
	const ofNormalization = batchSizes.map((batchSize) => effects("batch normalization", batchSize));
	const [smallest, largest] = [ofNormalization[0], ofNormalization[batchSizes.length - 1]];
	return {
		cells,
		rows: cells.map(({ arm, tuned, runs }): Row => {
			const ends = runs.map(({ testAccuracy, diverged }) => (diverged ? Number.NaN : testAccuracy[testAccuracy.length - 1]));
			const atLeast = runs.map(({ testAccuracy, validationLoss }) => testAccuracy[validationLoss.indexOf(Math.min(...validationLoss))]);
			return {
				...arm,
				learningRate: tuned.rate,
				atEdge: tuned.atEdge,
				rise: boundedMean(runs.map(rise), notNegative, family),
				accuracy: boundedMean(ends, shares),
				accuracyAtLeast: boundedMean(atLeast, shares),
				fits: countFits(runs),
				effect: arm.regularizer === "none" ? null : meanInterval(effects(arm.regularizer, arm.batchSize), family),
			};
		}),
		peaks: batchSizes.slice(1, -1).map((batchSize, i) => ({
			batchSize,
			overSmallest: meanInterval(paired(ofNormalization[i + 1], smallest), family),
			overLargest: meanInterval(paired(ofNormalization[i + 1], largest), family),
		})),
	};
}

/** NaN where the run diverged. */
const rise = ({ validationLoss, diverged }: HeldOutCurves): number => (diverged ? Number.NaN : riseOf(validationLoss, validationLoss[0]));

/** The row of a regularizer at a batch size, on the labels that are partly wrong. */
export const rowOf = ({ rows }: Figures, regularizer: Regularizer, batchSize: number): Row | undefined =>
	rows.find((row) => row.regularizer === regularizer && row.batchSize === batchSize && row.wrongLabels > 0);

/** Those of a regularizer, by batch size. */
export const rowsOf = (figures: Figures, { batchSizes }: Settings, regularizer: Regularizer): readonly Row[] =>
	batchSizes.flatMap((batchSize) => rowOf(figures, regularizer, batchSize) ?? []);

/** Those of every regularizer but "none" at a batch size. */
export const rowsAt = (figures: Figures, { regularizers }: Settings, batchSize: number): readonly Row[] =>
	regularizers.flatMap((regularizer) => (regularizer === "none" ? [] : (rowOf(figures, regularizer, batchSize) ?? [])));
