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
}

/** What a checked layer needs between these shapes. */
function layerSizes(layer: LayerSpec, input: Shape, output: Shape): LayerSizes {
	switch (layer.kind) {
		case "dense": {
			const inputs = featuresOf(input);
			return { parameters: denseParameterCount(inputs, layer.units), state: 0, multiplications: inputs * layer.units };
		}
		case "conv": {
			const weights = layer.size * layer.size * input.channels * layer.filters;
			const places = output.height * output.width;
			return {
				parameters: convolutionParameterCount(layer.size, input.channels, layer.filters),
				state: 0,
				multiplications: places * weights,
			};
		}
		case "dropout":
			return { parameters: 0, state: dropoutStateWords, multiplications: 0 };
		default:
			return { parameters: 0, state: 0, multiplications: 0 };
	}
}

/** The same of layers one after the other, and the floats of one example's activations. */
export function totalSizes(layers: readonly LayerSpec[], input: Shape): LayerSizes & { readonly activations: number } {
	const shapes = layerShapes(layers, input);
	const total = { parameters: 0, state: 0, multiplications: 0, activations: featuresOf(input) };
	for (const [index, layer] of layers.entries()) {
		const { parameters, state, multiplications } = layerSizes(layer, index === 0 ? input : shapes[index - 1], shapes[index]);
		total.parameters += parameters;
		total.state += state;
		total.multiplications += multiplications;
		total.activations += featuresOf(shapes[index]);
	}
	return total;
}
