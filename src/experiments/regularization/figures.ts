import type { Estimate } from "../../analysis/findings.js";
import { meanInterval, paired } from "../../analysis/means.js";
import { diagnose, type Fit, riseOf } from "../lab/diagnose.js";
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
	/** Runs of each kind; those that diverged are none. */
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
	readonly rows: readonly Row[];
	readonly peaks: readonly Peak[];
}

/** That are said to prevent over-fitting, at the moderate batch size. */
export const preventing = ["gradient noise", "dropout", "batch normalization"] as const satisfies readonly Regularizer[];

/** Intervals of the same family: the unregularized rise at each batch size, the rise with each of the three, and two comparisons at each batch size between the ends. */
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
	return {
		rows: cells.map(({ arm, tuned, runs }): Row => {
			const fits: Record<Fit, number> = { "under-fitted": 0, "well-fitted": 0, "over-fitted": 0 };
			for (const { trainLoss, validationLoss, diverged } of runs) if (!diverged) fits[diagnose(trainLoss, validationLoss)]++;
			return {
				...arm,
				learningRate: tuned.rate,
				atEdge: tuned.atEdge,
				rise: meanInterval(runs.map(rise), family),
				accuracy: meanInterval(runs.map(({ testAccuracy, diverged }) => (diverged ? Number.NaN : testAccuracy[testAccuracy.length - 1]))),
				accuracyAtLeast: meanInterval(
					runs.map(({ testAccuracy, validationLoss }) => testAccuracy[validationLoss.indexOf(Math.min(...validationLoss))]),
				),
				fits,
				effect: arm.regularizer === "none" ? null : meanInterval(effects(arm.regularizer, arm.batchSize), family),
			};
		}),
		peaks: batchSizes.slice(1, -1).map((batchSize, i) => ({
			batchSize,
			overSmallest: meanInterval(paired(ofNormalization[i + 1], ofNormalization[0]), family),
			overLargest: meanInterval(paired(ofNormalization[i + 1], ofNormalization[batchSizes.length - 1]), family),
		})),
	};
}

/** NaN where the run diverged. */
const rise = ({ validationLoss, diverged }: HeldOutCurves): number => (diverged ? Number.NaN : riseOf(validationLoss, validationLoss[0]));

/** The row of a regularizer at a batch size, on the labels that are partly wrong. */
export function rowOf({ rows }: Figures, regularizer: Regularizer, batchSize: number): Row | undefined {
	return rows.find((row) => row.regularizer === regularizer && row.batchSize === batchSize && row.wrongLabels > 0);
}
