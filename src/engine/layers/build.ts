import { type Activation, allocateActivation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { LayerState } from "../layer-state.js";
import type { Init, LayerSpec } from "../network-spec.js";
import type { Parameters } from "../parameters.js";
import { featuresOf, type Shape } from "../shapes.js";
import { Dense, denseParameterCount } from "./dense.js";
import { Dropout, dropoutStateWords } from "./dropout.js";
import { Elementwise } from "./elementwise.js";
import type { Layer } from "./layer.js";

/** A layer, and its number in its list (from 0), by which it draws its parameters. */
export interface PlacedLayer {
	readonly layer: Layer;
	readonly index: number;
}

/** Where layers are laid out, for chunks of at most `rows` examples. */
export interface Ground {
	readonly kernels: Kernels;
	readonly arena: Arena;
	readonly rows: number;
	readonly parameters: Parameters;
	readonly state: LayerState;
	/** For layers that name none of their own. */
	readonly init: Init;
}

/** Layers one after the other, and what the last one gives. */
export interface LayerChain {
	readonly placed: readonly PlacedLayer[];
	readonly output: Activation;
}

/**
 * Lays checked layers out in memory. `shapes`: the output shape of each. A ReLU between two dense layers becomes part of both.
 */
export function buildLayers(layers: readonly LayerSpec[], shapes: readonly Shape[], input: Activation, ground: Ground): LayerChain {
	const isFused = (index: number) =>
		layers[index]?.kind === "relu" && layers[index - 1]?.kind === "dense" && layers[index + 1]?.kind === "dense";
	let output = input;
	const placed: PlacedLayer[] = [];
	for (const [index, spec] of layers.entries()) {
		if (isFused(index)) continue;
		const before = output;
		output = allocateActivation(ground.arena, featuresOf(shapes[index]), ground.rows, true);
		const fused = { rectify: isFused(index + 1), rectified: isFused(index - 1) };
		placed.push({ index, layer: buildLayer(spec, before, output, ground, fused) });
	}
	return { placed, output };
}

function buildLayer(
	spec: LayerSpec,
	input: Activation,
	output: Activation,
	{ kernels, arena, parameters, state, init }: Ground,
	fused: { readonly rectify: boolean; readonly rectified: boolean },
): Layer {
	switch (spec.kind) {
		case "dense": {
			const slice = parameters.take(denseParameterCount(input.width, spec.units));
			return new Dense(kernels, input, output, slice, { init: spec.init ?? init, ...fused });
		}
		case "dropout":
			return new Dropout(kernels, input, output, state.take(dropoutStateWords), arena.allocate(4 * dropoutStateWords), spec.rate);
		default:
			return new Elementwise(kernels, input, output, spec);
	}
}
