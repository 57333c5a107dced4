import type { Curves } from "../../../src/experiments/lab/curves.js";

/** A run looked at before its first step and after each epoch, as functions of the epoch. */
export interface Shape {
	readonly batchSize: number;
	/** N. */
	readonly examples: number;
	readonly epochs: number;
	readonly trainLoss: (epoch: number) => number;
	readonly validationLoss: (epoch: number) => number;
	readonly trainAccuracy: (epoch: number) => number;
	readonly validationAccuracy: (epoch: number) => number;
}

export function curvesOf({ batchSize, examples, epochs, ...of }: Shape): Curves {
	const at = Array.from({ length: epochs + 1 }, (_, epoch) => epoch);
	return {
		step: at.map((epoch) => epoch * Math.ceil(examples / batchSize)),
		examples: at.map((epoch) => epoch * examples),
		batchLoss: at.map(() => null),
		batchAccuracy: at.map(() => null),
		trainLoss: at.map(of.trainLoss),
		trainAccuracy: at.map(of.trainAccuracy),
		validationLoss: at.map(of.validationLoss),
		validationAccuracy: at.map(of.validationAccuracy),
		distance: at,
		diverged: false,
	};
}
