import { denseParameterCount } from "./layers/dense.js";
import { dropoutStateWords } from "./layers/dropout.js";
import type { LayerSpec } from "./network-spec.js";
import { featuresOf, type Shape } from "./shapes.js";

/** What a layer needs. */
interface LayerSizes {
	readonly parameters: number;
	/** Words of state. */
	readonly state: number;
	/** Multiplications of one example's forward pass, where they are many. */
	readonly multiplications: number;
}

/** What a checked layer needs on inputs of this shape. */
function layerSizes(layer: LayerSpec, input: Shape): LayerSizes {
	switch (layer.kind) {
		case "dense": {
			const inputs = featuresOf(input);
			return { parameters: denseParameterCount(inputs, layer.units), state: 0, multiplications: inputs * layer.units };
		}
		case "dropout":
			return { parameters: 0, state: dropoutStateWords, multiplications: 0 };
		default:
			return { parameters: 0, state: 0, multiplications: 0 };
	}
}

/** The same of layers one after the other, whose outputs have these shapes. */
export function totalSizes(layers: readonly LayerSpec[], input: Shape, shapes: readonly Shape[]): LayerSizes {
	const total = { parameters: 0, state: 0, multiplications: 0 };
	for (const [index, layer] of layers.entries()) {
		const { parameters, state, multiplications } = layerSizes(layer, index === 0 ? input : shapes[index - 1]);
		total.parameters += parameters;
		total.state += state;
		total.multiplications += multiplications;
	}
	return total;
}
