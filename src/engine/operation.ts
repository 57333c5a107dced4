import type { Activation } from "./activation.js";
import type { Pointer } from "./kernels.js";

/** A layer, as vector/step.c computes it. */
export interface LayerOperation {
	readonly kind: "dense" | "relu" | "leaky-relu" | "tanh" | "sigmoid" | "gelu";
	readonly input: Activation;
	readonly output: Activation;
	/** Of a dense layer: its parameters and their gradients, and whether a ReLU behind it is part of it, and one before it. */
	readonly dense?: { readonly parameters: Pointer; readonly gradients: Pointer; readonly rectify: boolean; readonly rectified: boolean };
	readonly slope?: number;
}

/** An optimizer, as vector/optimizers.h has it: its kind, and where its numbers and state lie. */
export interface OptimizerOperation {
	readonly kind: "sgd" | "nesterov" | "rmsprop" | "adam" | "adamw";
	/** In single precision, as the kernels of the same name in kernels/optimizers.ts take them; 0 for SGD, which is part of a pass. */
	readonly settings: Pointer;
	readonly parameters: Pointer;
	readonly gradients: Pointer;
	readonly count: number;
	/** Velocities, or means of gradients; and means of squares. */
	readonly means: Pointer;
	readonly squares?: Pointer;
	/** Of Adam alone, in double precision: β₁ᵗ and β₂ᵗ; and β₁, β₂ and the weight decay. */
	readonly powers?: Pointer;
	readonly numbers?: Pointer;
}

/** A loss, as vector/step.c computes it. */
export interface LossOperation {
	readonly kind: "softmax-cross-entropy" | "binary-cross-entropy" | "mean-squared-error";
	readonly outputs: Activation;
	readonly totals: Pointer;
	/** Scratch, and the bits of the label smoothing; of softmax cross-entropy alone. */
	readonly sums?: Pointer;
	readonly smoothing?: number;
}
