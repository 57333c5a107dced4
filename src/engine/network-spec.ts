/** How the weights of a dense layer are drawn; biases start at 0. `fan` is the layer's inputs (He) or the mean of inputs and units (Glorot). */
export type Init = "he-normal" | "he-uniform" | "glorot-normal" | "glorot-uniform";

/** One layer, as the study names it. */
export type LayerSpec = { readonly kind: "dense"; readonly units: number; readonly init?: Init } | { readonly kind: "relu" };

/** A network, before it is built. */
export interface NetworkSpec {
	/** Features of one example. */
	readonly inputs: number;
	readonly layers: readonly LayerSpec[];
	/** For dense layers that name none of their own. */
	readonly init: Init;
	/** The width of the last layer is the number of classes. */
	readonly loss: "softmax-cross-entropy";
	/** Whether the loss (and so the gradient) of a mini-batch is the mean or the sum over its examples. */
	readonly reduction: "mean" | "sum";
}
