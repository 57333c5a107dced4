import { designOf } from "../../study/designs.js";
import { isEnding, isHorizon } from "../../study/horizon/is-horizon.js";
import { longestTraining } from "../../study/plan.js";
import { capsOf } from "../../study/search/caps.js";
import { stepsPerEpoch } from "../../study/steps.js";
import type { Study } from "../../study/study.js";

/** What follows from a study file by arithmetic, before anything is trained. */
export interface Arithmetic {
	readonly examples: { readonly train: number; readonly validation: number; readonly test: number };
	/** Expected number of trials, from what such studies usually take. */
	readonly trials: number;
	readonly sizes: readonly SizeArithmetic[];
}

interface SizeArithmetic {
	readonly batchSize: number;
	readonly stepsPerEpoch: number;
	/** Examples of an epoch that no step uses; negative: as many are missing from the last batch. */
	readonly left: number;
	/** Steps that a trial takes at most, and the epochs they are. */
	readonly mostSteps: number;
	readonly mostEpochs: number;
}

/** The arithmetic of each batch size. */
export function arithmeticOf(study: Study): Arithmetic {
	const { train, validation, test } = study.data;
	return {
		examples: { train, validation, test },
		trials: Math.min(study.budget.trials ?? Number.POSITIVE_INFINITY, designOf(study).typicalTrials(study)),
		sizes: study.batchSizes.map((batchSize) => {
			const epoch = stepsPerEpoch(batchSize, study);
			const mostSteps = isHorizon(study) || isEnding(study) ? longestTraining(study, batchSize) : capsOf(study, batchSize).limit;
			return { batchSize, stepsPerEpoch: epoch, left: train - epoch * batchSize, mostSteps, mostEpochs: mostSteps / epoch };
		}),
	};
}
