import type { Activation } from "../activation.js";
import type { Layer } from "./layer.js";

/** A layer, and its number in its list (from 0), by which it draws its parameters. */
export interface PlacedLayer {
	readonly layer: Layer;
	readonly index: number;
}

/** Layers one after the other, and what the last one gives. */
export interface LayerChain {
	readonly placed: readonly PlacedLayer[];
	readonly output: Activation;
}
