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

/** A loss, as vector/step.c computes it. */
export interface LossOperation {
	readonly kind: "softmax-cross-entropy" | "binary-cross-entropy" | "mean-squared-error";
	readonly outputs: Activation;
	readonly totals: Pointer;
	/** Scratch, and the bits of the label smoothing; of softmax cross-entropy alone. */
	readonly sums?: Pointer;
	readonly smoothing?: number;
}
