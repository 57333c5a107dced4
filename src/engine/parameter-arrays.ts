import { internal } from "../core/errors.js";
import { dropoutStateWords } from "./layers/dropout.js";
import type { Network } from "./network.js";
import type { LayerSpec } from "./network-spec.js";
import { exampleShape, featuresOf, layerShapes, type Shape } from "./shapes.js";

/** Numbers of a network with the shape they have there. */
export interface NamedArray {
	/** `0.weight`: of layer 0 of the specification; `3.0.weight`: of the first layer within layer 3, a residual one. */
	readonly name: string;
	readonly shape: readonly number[];
	/** Row-major; a copy. */
	readonly values: Float32Array;
}

/**
 * How a network's block of parameters, and its state, are divided: names, shapes and lengths in the order in which the layers took them.
 */
interface Part {
	readonly from: "parameters" | "state";
	readonly name: string;
	readonly shape: readonly number[];
}

/**
 * A network's parameters, layer by layer, and the running statistics of batch normalization, under PyTorch's names. Dense weights are
 * inputs × units, so that y = x·W + b; those of convolutions height × width × channels × filters. A dense layer behind an image takes its
 * pixels row by row, channels innermost.
 */
export function parameterArrays(network: Network): readonly NamedArray[] {
	const { spec, parameters, state } = network;
	const taken = { parameters: 0, state: 0 };
	const arrays = partsOf(spec.layers, exampleShape(spec.inputs, spec.image), "").flatMap(({ from, name, shape }): NamedArray[] => {
		const [first, count] = [taken[from], shape.reduce((product, length) => product * length, 1)];
		taken[from] += count;
		if (name === "") return [];
		const words = from === "parameters" ? parameters.slice(first, first + count) : state.slice(first, first + count);
		return [{ name, shape, values: new Float32Array(words.buffer) }];
	});
	if (taken.parameters !== parameters.length || taken.state !== state.length) throw internal("the parameters' parts are not the whole");
	return arrays;
}

function partsOf(layers: readonly LayerSpec[], input: Shape, within: string): readonly Part[] {
	const shapes = layerShapes(layers, input);
	return layers.flatMap((layer, i) => partsOfLayer(layer, i === 0 ? input : shapes[i - 1], `${within}${i}.`));
}

function partsOfLayer(layer: LayerSpec, input: Shape, prefix: string): readonly Part[] {
	const pair = (weight: readonly number[], bias: number): readonly Part[] => [
		{ from: "parameters", name: `${prefix}weight`, shape: weight },
		{ from: "parameters", name: `${prefix}bias`, shape: [bias] },
	];
	const kept = (name: string): Part => ({ from: "state", name: `${prefix}${name}`, shape: [input.channels] });
	switch (layer.kind) {
		case "dense":
			return pair([featuresOf(input), layer.units], layer.units);
		case "conv":
			return pair([layer.size, layer.size, input.channels, layer.filters], layer.filters);
		case "batch-norm":
			return [...pair([input.channels], input.channels), kept("running_mean"), kept("running_var")];
		case "layer-norm":
			return pair([featuresOf(input)], featuresOf(input));
		case "residual":
			return partsOf(layer.layers, input, prefix);
		case "dropout":
			return [{ from: "state", name: "", shape: [dropoutStateWords] }]; // a generator, of no use to anyone else
		case "relu":
		case "tanh":
		case "sigmoid":
		case "gelu":
		case "leaky-relu":
		case "max-pool":
		case "average-pool":
		case "global-average-pool":
		case "flatten":
			return [];
	}
}
