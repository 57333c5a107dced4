import { decayAt, type HalfLife } from "../../core/half-life.js";
import type { Setting } from "../../core/setting.js";

/** Stochastic gradient descent. */
export interface SgdSpec {
	readonly name: "sgd";
	/** μ in [0, 1). */
	readonly momentum: number;
	/** Looks ahead along the velocity; absent where it doesn't. Needs a momentum. */
	readonly nesterov?: true;
	/** λ > 0, coupled: added to the gradient as λ·w. Absent where there is none. */
	readonly weightDecay?: number;
}

export interface RmspropSpec {
	readonly name: "rmsprop";
	/** α in [0, 1): what the mean of squares keeps of itself at each step. */
	readonly smoothing: number;
	/** μ in [0, 1), of the scaled gradients. */
	readonly momentum: number;
	/** ε ≥ 10⁻⁸, added to the root of the mean of squares. */
	readonly epsilon: number;
	/** λ > 0, coupled. */
	readonly weightDecay?: number;
}

export interface AdamSpec {
	/** They differ in their weight decay alone: coupled for adam, decoupled for adamw. */
	readonly name: "adam" | "adamw";
	/** β₁ in [0, 1): what the mean of gradients keeps of itself at each step. */
	readonly beta1: number;
	/** β₂ in [0, 1): the same of the mean of squares. Or its half-life in examples: β₂ then moves with the batch size. */
	readonly beta2: number | HalfLife;
	/** ε ≥ 10⁻⁸, added to the root of the mean of squares. */
	readonly epsilon: number;
	/** λ > 0. */
	readonly weightDecay?: number;
}

/** An optimizer, as the study names it: PyTorch's definitions throughout. */
export type OptimizerSpec = SgdSpec | RmspropSpec | AdamSpec;

/** μ; of Adam, β₁. */
export const momentumOf = (spec: OptimizerSpec): number => ("beta1" in spec ? spec.beta1 : spec.momentum);

/** β₂ at a batch size; of optimizers other than Adam there is none. */
export const beta2Of = (spec: OptimizerSpec, batchSize: number): number | undefined =>
	!("beta2" in spec) ? undefined : typeof spec.beta2 === "number" ? spec.beta2 : decayAt(spec.beta2, batchSize);

/** The optimizer with the momentum and weight decay of a setting, as far as it has them. */
export function withSetting(spec: OptimizerSpec, { momentum, weightDecay }: Setting): OptimizerSpec {
	const moved = momentum === undefined ? spec : "beta1" in spec ? { ...spec, beta1: momentum } : { ...spec, momentum };
	return weightDecay === undefined ? moved : { ...moved, weightDecay };
}

/**
 * A weight decay below 2⁻⁴⁶ counts as none: of a weight w it takes less than the rounding of w does, and λ·w could be denormal, which
 * WebAssembly is slow on (see kernels/epilogue.ts).
 */
export const effectiveDecay = (weightDecay: number): number => (weightDecay < 2 ** -46 ? 0 : weightDecay);
