import { type Activation, allocateActivation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { LayerState } from "../layer-state.js";
import type { Init, LayerSpec } from "../network-spec.js";
import type { Parameters } from "../parameters.js";
import { featuresOf, layerShapes, type Shape } from "../shapes.js";
import { BatchNorm } from "./batch-norm.js";
import type { LayerChain, PlacedLayer } from "./chain.js";
import { Convolution, convolutionParameterCount } from "./convolution.js";
import { Dense, denseParameterCount } from "./dense.js";
import { Dropout, dropoutStateWords } from "./dropout.js";
import { Elementwise } from "./elementwise.js";
import type { Layer } from "./layer.js";
import { LayerNorm } from "./layer-norm.js";
import { AveragePooling, MaxPooling } from "./pooling.js";
import { Residual } from "./residual.js";

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

/**
 * Lays checked layers out in memory. A ReLU between two dense layers becomes part of both, one behind a convolution part of that;
 * flattening changes nothing in memory.
 */
export function buildLayers(layers: readonly LayerSpec[], inputShape: Shape, input: Activation, ground: Ground): LayerChain {
	const shapes = layerShapes(layers, inputShape);
	const kindAt = (index: number) => layers[index]?.kind;
	const betweenDense = (index: number) => kindAt(index) === "relu" && kindAt(index - 1) === "dense" && kindAt(index + 1) === "dense";
	const isFused = (index: number) => betweenDense(index) || (kindAt(index) === "relu" && kindAt(index - 1) === "conv");
	let output = input;
	const placed: PlacedLayer[] = [];
	for (const [index, spec] of layers.entries()) {
		if (isFused(index) || spec.kind === "flatten") continue;
		const before = output;
		output = allocateActivation(ground.arena, featuresOf(shapes[index]), ground.rows, true);
		const place = {
			input: before,
			output,
			inputShape: index === 0 ? inputShape : shapes[index - 1],
			outputShape: shapes[index],
			rectify: isFused(index + 1),
			rectified: betweenDense(index - 1),
		};
		placed.push({ index, layer: buildLayer(spec, place, ground) });
	}
	return { placed, output };
}

/** What lies around a layer. */
interface Place {
	readonly input: Activation;
	readonly output: Activation;
	readonly inputShape: Shape;
	readonly outputShape: Shape;
	/** Whether a ReLU behind the layer is part of it. */
	readonly rectify: boolean;
	/** Whether one before it is part of both. */
	readonly rectified: boolean;
}

type PlacedSpec = Exclude<LayerSpec, { readonly kind: "flatten" }>;

function buildLayer(spec: PlacedSpec, place: Place, ground: Ground): Layer {
	const { kernels, arena, rows, parameters, state, init } = ground;
	const { input, output, inputShape, outputShape, rectify, rectified } = place;
	const windows = (windowHeight: number, windowWidth: number, stride: number, padding = 0) => ({
		...{ input: inputShape, output: outputShape },
		...{ windowHeight, windowWidth, stride, padding },
	});
	switch (spec.kind) {
		case "dense": {
			const slice = parameters.take(denseParameterCount(input.width, spec.units));
			return new Dense(kernels, input, output, slice, { init: spec.init ?? init, rectify, rectified });
		}
		case "conv": {
			const slice = parameters.take(convolutionParameterCount(spec.size, inputShape.channels, spec.filters));
			const options = { init: spec.init ?? init, rectify };
			return new Convolution(kernels, input, output, slice, windows(spec.size, spec.size, spec.stride, spec.padding), options, arena);
		}
		case "max-pool":
			return new MaxPooling(kernels, input, output, windows(spec.size, spec.size, spec.stride), arena);
		case "average-pool":
			return new AveragePooling(kernels, input, output, windows(spec.size, spec.size, spec.stride), arena);
		case "global-average-pool":
			return new AveragePooling(kernels, input, output, windows(inputShape.height, inputShape.width, 1), arena);
		case "batch-norm": {
			const { channels } = inputShape;
			const [slice, running] = [parameters.take(2 * channels), state.take(2 * channels)];
			return new BatchNorm(kernels, input, output, slice, running, inputShape, spec.ghost ?? rows, rows, arena);
		}
		case "layer-norm":
			return new LayerNorm(kernels, input, output, parameters.take(2 * input.width), rows, arena);
		case "residual":
			return new Residual(kernels, input, output, buildLayers(spec.layers, inputShape, input, ground));
		case "dropout":
			return new Dropout(kernels, input, output, state.take(dropoutStateWords), arena.allocate(4 * dropoutStateWords), spec.rate);
		default:
			return new Elementwise(kernels, input, output, spec);
	}
}
