import type { OptimizerSpec } from "../../engine/optimizers/spec.js";

/** The optimizers that a lane can have, as a study file would name them. */
export const laneOptimizers = {
	sgd: { name: "sgd", momentum: 0 },
	momentum: { name: "sgd", momentum: 0.9 },
	adam: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
} as const satisfies Readonly<Record<string, OptimizerSpec>>;

export type LaneOptimizer = keyof typeof laneOptimizers;

export const laneOptimizerNames = Object.keys(laneOptimizers) as readonly LaneOptimizer[];

/** What a lane trains with, from some step on. */
export interface LaneSettings {
	/** Examples, from 1; more than there are count as all. */
	readonly batchSize: number;
	readonly learningRate: number;
	readonly optimizer: LaneOptimizer;
}

/** A lane goes on with these settings after `step` steps. Another optimizer begins without a memory. */
export interface LaneChange {
	readonly step: number;
	readonly settings: LaneSettings;
}

/** What all lanes share: with a lane's settings and changes, this determines every bit of it. */
export interface LaneTask {
	/** As a study file writes it, after `data:`. */
	readonly data: unknown;
	/** Hidden layers' widths, from the input on. */
	readonly hidden: readonly number[];
	readonly activation: "relu" | "tanh";
	/** The study's: weights and shuffles are those of its first reporting run, which `sweetspot train` runs. */
	readonly seed: number;
}
