import type { Fit } from "../../../src/experiments/lab/diagnose.js";
import { learningCurves } from "../../../src/experiments/learning-curves/learning-curves.js";
import type { Settings } from "../../../src/experiments/learning-curves/settings.js";
import type { Result, Task } from "../../../src/experiments/learning-curves/tasks.js";
import { curvesOf } from "./curves.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(learningCurves);
const { settings, tasks } = asked;

export interface Known {
	/** Held-out accuracy after an epoch. */
	readonly accuracy: (batchSize: number, epoch: number, seed: number) => number;
	/** Losses after an epoch; an untrained network's is 1. */
	readonly trainLoss: (batchSize: number, epoch: number) => number;
	readonly validationLoss: (batchSize: number, epoch: number) => number;
	/** Constructed cases of each kind that the rule gets right. */
	readonly right: (fit: Fit) => number;
}

const falling = (_: number, epoch: number): number => 0.3 + 0.7 * Math.exp(-epoch / 20);

/**
 * The accuracy is half at first and 0.9 from the epoch on that is a tenth of the batch size, going up and down by a thousandth from epoch
 * to epoch and a little higher or lower for each seed; losses fall and level off; the rule is always right.
 */
export const known: Known = {
	accuracy: (batchSize, epoch, seed) => (epoch < batchSize / 10 ? 0.5 : 0.9) + 0.002 * ((epoch % 2) - 0.5) + 0.001 * ((seed % 3) - 1),
	trainLoss: falling,
	validationLoss: falling,
	right: () => settings.cases,
};

export const made = ({ accuracy, trainLoss, validationLoss, right }: Known): readonly Result[] =>
	tasks.map((task): Result => {
		if (task.kind === "cases") return { kind: "cases", fit: task.fit, right: right(task.fit) };
		const { batchSize, epochs, seed } = task;
		const curves = curvesOf({
			batchSize,
			examples: 500,
			epochs,
			trainLoss: (epoch) => trainLoss(batchSize, epoch),
			validationLoss: (epoch) => validationLoss(batchSize, epoch),
			trainAccuracy: (epoch) => accuracy(batchSize, epoch, seed),
			validationAccuracy: (epoch) => accuracy(batchSize, epoch, seed),
		});
		return { kind: "run", curves };
	});
