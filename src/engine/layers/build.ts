import { type Activation, allocateActivation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { Kernels } from "../kernels.js";
import type { NetworkSpec } from "../network-spec.js";
import { Parameters } from "../parameters.js";
import { Dense, denseParameterCount } from "./dense.js";
import type { Layer } from "./layer.js";
import { Relu } from "./relu.js";

/** A layer, and its number in the specification (from 0), by which it draws its parameters. */
export interface PlacedLayer {
	readonly layer: Layer;
	readonly index: number;
}

export interface BuiltLayers {
	readonly placed: readonly PlacedLayer[];
	readonly parameters: Parameters;
	readonly input: Activation;
	readonly output: Activation;
}

/**
 * Lays a checked specification out in memory, for chunks of at most `rows` examples. `widths`: the output width of each layer. A ReLU
 * between two dense layers becomes part of both.
 */
export function buildLayers(spec: NetworkSpec, widths: readonly number[], rows: number, kernels: Kernels, arena: Arena): BuiltLayers {
	const inputWidth = (index: number) => (index === 0 ? spec.inputs : widths[index - 1]);
	const isFused = (index: number) =>
		spec.layers[index]?.kind === "relu" && spec.layers[index - 1]?.kind === "dense" && spec.layers[index + 1]?.kind === "dense";
	let count = 0;
	for (const [index, layer] of spec.layers.entries())
		if (layer.kind === "dense") count += denseParameterCount(inputWidth(index), layer.units);

	const parameters = new Parameters(arena, count);
	const input = allocateActivation(arena, spec.inputs, rows, false); // nothing to learn from the gradient of the data
	let output = input;
	const placed: PlacedLayer[] = [];
	for (const [index, layer] of spec.layers.entries()) {
		if (isFused(index)) continue;
		const before = output;
		output = allocateActivation(arena, widths[index], rows, true);
		if (layer.kind === "relu") placed.push({ index, layer: new Relu(kernels, before, output) });
		else {
			const slice = parameters.take(denseParameterCount(before.width, layer.units));
			const options = { init: layer.init ?? spec.init, rectify: isFused(index + 1), rectified: isFused(index - 1) };
			placed.push({ index, layer: new Dense(kernels, before, output, slice, options) });
		}
	}
	return { placed, parameters, input, output };
}
