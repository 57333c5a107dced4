import { convolutionParameterCount } from "./layers/convolution.js";
import { denseParameterCount } from "./layers/dense.js";
import { dropoutStateWords } from "./layers/dropout.js";
import type { LayerSpec } from "./network-spec.js";
import { featuresOf, layerShapes, type Shape } from "./shapes.js";

/** What a layer needs. */
interface LayerSizes {
	readonly parameters: number;
	/** Words of state. */
	readonly state: number;
	/** Multiplications of one example's forward pass, where they are many. */
	readonly multiplications: number;
	/** Floats of one example's activations, its output among them. */
	readonly activations: number;
}

/** What a checked layer needs between these shapes. */
function layerSizes(layer: LayerSpec, input: Shape, output: Shape): LayerSizes {
	const none = { parameters: 0, state: 0, multiplications: 0, activations: featuresOf(output) };
	switch (layer.kind) {
		case "dense": {
			const inputs = featuresOf(input);
			return { ...none, parameters: denseParameterCount(inputs, layer.units), multiplications: inputs * layer.units };
		}
		case "conv": {
			const { size, filters } = layer;
			const multiplications = output.height * output.width * size * size * input.channels * filters;
			return { ...none, parameters: convolutionParameterCount(size, input.channels, filters), multiplications };
		}
		case "batch-norm":
			return { ...none, parameters: 2 * input.channels, state: 2 * input.channels };
		case "layer-norm":
			return { ...none, parameters: 2 * featuresOf(input) };
		case "residual":
			return totalSizes(layer.layers, input); // its output in place of its input
		case "dropout":
			return { ...none, state: dropoutStateWords };
		case "relu":
		case "tanh":
		case "sigmoid":
		case "gelu":
		case "leaky-relu":
		case "max-pool":
		case "average-pool":
		case "global-average-pool":
		case "flatten":
			return none;
	}
}

/** The same of layers one after the other, with their input's activations. */
export function totalSizes(layers: readonly LayerSpec[], input: Shape): LayerSizes {
	const shapes = layerShapes(layers, input);
	const total = { parameters: 0, state: 0, multiplications: 0, activations: featuresOf(input) };
	for (const [index, layer] of layers.entries()) {
		const sizes = layerSizes(layer, index === 0 ? input : shapes[index - 1], shapes[index]);
		total.parameters += sizes.parameters;
		total.state += sizes.state;
		total.multiplications += sizes.multiplications;
		total.activations += sizes.activations;
	}
	return total;
}
