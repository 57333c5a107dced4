import { Rng } from "../../core/rng.js";
import type { Laboratory } from "../lab/laboratory.js";
import type { Curvature } from "../lab/landscape.js";

/** When a run ends: after its epochs, or at the first look at which the loss over the training set is so low. */
export type Until =
	| { readonly epochs: number }
	| { readonly trainLoss: number; readonly mostEpochs: number; readonly looksPerEpoch: number };

/** Where a run ended. */
export interface Solution {
	readonly epochs: number;
	readonly trainLoss: number;
	readonly validationLoss: number;
	readonly validationAccuracy: number;
	/** ‖w − w₀‖. */
	readonly distance: number;
	readonly curvature: Curvature | null;
}

interface Run {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
}

/**
 * Trains a run to its end, and leaves the network there. Null where it diverged, or didn't come so far. `curvatureExamples`: of the loss
 * whose curvature is measured; null: not measured.
 */
export function solve(
	lab: Laboratory,
	{ batchSize, learningRate, seed }: Run,
	until: Until,
	curvatureExamples: number | null,
): Solution | null {
	lab.begin(batchSize, seed);
	const used = "epochs" in until ? train(lab, learningRate, until.epochs) : trainToLoss(lab, learningRate, until);
	const [ended, validation] = [lab.evaluate("train"), lab.evaluate("validation")];
	if (used === null || !ended || !validation || !Number.isFinite(ended.loss) || !Number.isFinite(validation.loss)) return null;
	return {
		epochs: used / lab.examples,
		trainLoss: ended.loss,
		validationLoss: validation.loss,
		validationAccuracy: validation.accuracy ?? 0,
		distance: lab.distance(),
		curvature: curvatureExamples === null ? null : lab.landscape.curvature(curvatureExamples, Rng.fromSeed(seed).split("curvature")),
	};
}

/** Examples used; null where the loss of a batch wasn't a number any more. */
function train(lab: Laboratory, learningRate: number, epochs: number): number | null {
	let examples = 0;
	while (examples < epochs * lab.examples) {
		const { loss, count } = lab.step(learningRate);
		if (!Number.isFinite(loss)) return null;
		examples += count;
	}
	return examples;
}

function trainToLoss(lab: Laboratory, learningRate: number, until: Exclude<Until, { readonly epochs: number }>): number | null {
	let examples = 0;
	let look = 0;
	while (examples < until.mostEpochs * lab.examples) {
		const { loss, count } = lab.step(learningRate);
		if (!Number.isFinite(loss)) return null;
		examples += count;
		if (examples * until.looksPerEpoch < (look + 1) * lab.examples) continue;
		look = Math.floor((examples * until.looksPerEpoch) / lab.examples);
		const seen = lab.evaluate("train")?.loss ?? Number.NaN;
		if (seen <= until.trainLoss) return examples;
		if (!Number.isFinite(seen)) return null;
	}
	return null;
}
