/**
 * How the weights of a dense layer are drawn; biases start at 0. `fan` is the layer's inputs (He) or the mean of inputs and units (Glorot).
 */
export type Init = "he-normal" | "he-uniform" | "glorot-normal" | "glorot-uniform";

/** Activation functions without a setting. GELU is the exact one, x·Φ(x), not its approximation by tanh. */
export type ActivationName = "relu" | "tanh" | "sigmoid" | "gelu";

/** An image of height × width pixels. */
export interface ImageShape {
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

/** One layer, as the study names it. */
export type LayerSpec =
	| { readonly kind: "dense"; readonly units: number; readonly init?: Init }
	| { readonly [Name in ActivationName]: { readonly kind: Name } }[ActivationName]
	/** x, or slope · x where x is negative. */
	| { readonly kind: "leaky-relu"; readonly slope: number }
	/** `filters` windows of size × size pixels slide over the image by `stride`, with `padding` zeros around it. */
	| {
			readonly kind: "conv";
			readonly filters: number;
			readonly size: number;
			readonly stride: number;
			readonly padding: number;
			readonly init?: Init;
	  }
	/** Windows within the image; what they don't reach at its right and lower edge is left out. */
	| { readonly kind: "max-pool"; readonly size: number; readonly stride: number }
	| { readonly kind: "average-pool"; readonly size: number; readonly stride: number }
	/** The mean of each channel over the whole image. */
	| { readonly kind: "global-average-pool" }
	/** An image becomes a list of features, channels innermost. */
	| { readonly kind: "flatten" }
	/** Over the mini-batch, channel by channel; with `ghost`, over groups of that many neighbours in it. */
	| { readonly kind: "batch-norm"; readonly ghost?: number }
	/** Over all features of an example. */
	| { readonly kind: "layer-norm" }
	/** x + f(x). */
	| { readonly kind: "residual"; readonly layers: readonly LayerSpec[] }
	/** Each element is 0 with probability `rate` in training, and divided by 1 − rate otherwise. */
	| { readonly kind: "dropout"; readonly rate: number };

/**
 * What the last layer's outputs are compared with: the classes under a softmax; a class, 0 or 1, under one logit; or numbers, by the mean
 * of the squared errors.
 */
export type LossName = "softmax-cross-entropy" | "binary-cross-entropy" | "mean-squared-error";

/** A network, before it is built. */
export interface NetworkSpec {
	/** Features of one example. */
	readonly inputs: number;
	/** What the features are where they are an image, row by row, channels innermost. */
	readonly image?: ImageShape;
	readonly layers: readonly LayerSpec[];
	/** For dense layers that name none of their own. */
	readonly init: Init;
	/** The width of the last layer is the number of classes; 1 for binary cross-entropy; the number of targets for the squared error. */
	readonly loss: LossName;
	/** ε of softmax cross-entropy: the label's share of the target is 1 − ε + ε/C, every other class's ε/C. 0 unless given. */
	readonly labelSmoothing?: number;
	/** Examples in the largest mini-batch: only where batch normalization takes its statistics over all of it. 1024 unless given. */
	readonly largestBatch?: number;
	/** Whether the loss (and so the gradient) of a mini-batch is the mean or the sum over its examples. */
	readonly reduction: "mean" | "sum";
}
