import { internal, SweetspotError } from "../core/errors.js";
import type { ExampleSet } from "./example-set.js";
import type { ImageShape, LayerSpec, LossName, NetworkSpec } from "./network-spec.js";

/** What one example is between two layers: an image, its channels innermost. A list of features is an image of one pixel. */
export type Shape = ImageShape;

/** Features of one example. */
export const featuresOf = ({ height, width, channels }: Shape): number => height * width * channels;

/** `28×28×1`, or `64 features`. */
const describeShape = (shape: Shape): string =>
	shape.height * shape.width === 1 ? `${shape.channels} features` : `${shape.height}×${shape.width}×${shape.channels}`;

/** The shape of examples with this many features, which may be an image. */
export function exampleShape(features: number, image: ImageShape | undefined): Shape {
	if (!image) return { height: 1, width: 1, channels: features };
	if (featuresOf(image) !== features) throw internal(`images of ${describeShape(image)} came with ${features} features`);
	return image;
}

/**
 * Checks a network before it is built and returns the shape of the examples it takes. Throws `model/misfit` with the number of the layer
 * (from 1), what was found, and what was expected.
 */
export function checkNetwork(spec: NetworkSpec): Shape {
	if (!isCount(spec.inputs)) throw misfit(`the input has ${spec.inputs} features, expected an integer of 1 or more`, "check the data");
	const input = exampleShape(spec.inputs, spec.image);
	if (spec.layers.length === 0) throw misfit("it has no layers, expected at least one", "add { dense: CLASSES } to workload.model");
	const shapes = layerShapes(spec.layers, input);
	const last = featuresOf(shapes[shapes.length - 1]);
	if (!lastWidths[spec.loss].fits(last))
		throw misfit(
			`layer ${shapes.length} (${spec.layers[shapes.length - 1].kind}), the last, has width ${last}, expected ${lastWidths[spec.loss].words}`,
			lastWidths[spec.loss].fix,
		);
	return input;
}

const lastWidths: Readonly<Record<LossName, { fits(width: number): boolean; words: string; fix: string }>> = {
	"softmax-cross-entropy": {
		fits: (width) => width >= 2,
		words: "one for each class, so 2 or more",
		fix: "end workload.model with { dense: CLASSES }",
	},
	"binary-cross-entropy": {
		fits: (width) => width === 1,
		words: "1 for binary cross-entropy, the logit of class 1",
		fix: "end workload.model with { dense: 1 }",
	},
	"mean-squared-error": { fits: () => true, words: "", fix: "" },
};

/** The output shape of each layer of a list; `within` begins their names in errors. Throws `model/misfit`. */
export function layerShapes(layers: readonly LayerSpec[], input: Shape, within = ""): readonly Shape[] {
	let shape = input;
	return layers.map((layer, index) => {
		shape = outputShape(layer, shape, `${within}layer ${index + 1} (${layer.kind})`);
		return shape;
	});
}

/** The output shape of one layer; `place` names it in errors. */
function outputShape(layer: LayerSpec, input: Shape, place: string): Shape {
	const fix = `change workload.model, ${place}`;
	switch (layer.kind) {
		case "dense":
			if (!isCount(layer.units)) throw misfit(`${place} has ${layer.units} units, expected an integer of 1 or more`, fix);
			return { height: 1, width: 1, channels: layer.units };
		case "conv":
			if (!isCount(layer.filters)) throw misfit(`${place} has ${layer.filters} filters, expected an integer of 1 or more`, fix);
			if (!(Number.isSafeInteger(layer.padding) && layer.padding >= 0 && layer.padding < layer.size))
				throw misfit(`${place} has padding ${layer.padding}, expected 0 to ${layer.size - 1}, less than its size`, fix);
			return { ...placesOf(layer, layer.padding, input, place), channels: layer.filters };
		case "max-pool":
		case "average-pool":
			return { ...placesOf(layer, 0, input, place), channels: input.channels };
		case "global-average-pool":
			return { height: 1, width: 1, channels: input.channels };
		case "flatten":
			return { height: 1, width: 1, channels: featuresOf(input) };
		case "batch-norm":
			if (layer.ghost !== undefined && !(Number.isSafeInteger(layer.ghost) && layer.ghost >= 2))
				throw misfit(`${place} has ghost batches of ${layer.ghost}, expected an integer of 2 or more`, fix);
			return input;
		case "residual": {
			if (layer.layers.every(({ kind }) => kind === "flatten"))
				throw misfit(`${place} has no layers of its own, expected at least one`, fix);
			const inner = layerShapes(layer.layers, input, `${place}, `).at(-1) ?? input;
			if (inner.height !== input.height || inner.width !== input.width || inner.channels !== input.channels)
				throw misfit(
					`${place} adds ${describeShape(inner)}, what its layers give, to ${describeShape(input)}, its input`,
					`${fix}: both must have one shape`,
				);
			return input;
		}
		case "dropout":
			if (!(layer.rate >= 0 && layer.rate < 1)) throw misfit(`${place} has rate ${layer.rate}, expected 0 or more and less than 1`, fix);
			return input;
		case "leaky-relu":
			if (!Number.isFinite(layer.slope)) throw misfit(`${place} has slope ${layer.slope}, expected a finite number`, fix);
			return input;
		default:
			return input;
	}
}

/** How many places a window has, down and across. Throws `model/misfit`. */
function placesOf(
	{ size, stride }: { readonly size: number; readonly stride: number },
	padding: number,
	input: Shape,
	place: string,
): { readonly height: number; readonly width: number } {
	const fix = `change workload.model, ${place}`;
	if (!isCount(size)) throw misfit(`${place} has size ${size}, expected an integer of 1 or more`, fix);
	if (!isCount(stride)) throw misfit(`${place} has stride ${stride}, expected an integer of 1 or more`, fix);
	if (Math.min(input.height, input.width) + 2 * padding < size) {
		const padded = padding === 0 ? "" : ` with ${padding} around it`;
		throw misfit(
			`${place} has windows of ${size}×${size}, its input is ${describeShape(input)}${padded}`,
			input.height * input.width === 1 ? `${fix}: windows need an image, height×width×channels` : `${fix}: use a smaller size`,
		);
	}
	const places = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
	return { height: places(input.height), width: places(input.width) };
}

/**
 * Throws `model/misfit` where a set has another number of features than the network's input, or something else to learn than its output.
 */
export function checkFit(network: { readonly spec: NetworkSpec; readonly outputs: number }, set: ExampleSet): void {
	const { inputs, layers, loss } = network.spec;
	if (set.width !== inputs)
		throw misfit(
			`layer 1 (${layers[0].kind}) expects ${inputs} features, the examples have ${set.width}`,
			"use the data the network was built for",
		);
	const last = `layer ${layers.length} (${layers[layers.length - 1].kind}), the last,`;
	if (loss === "mean-squared-error") {
		if (set.outputs === 0) throw misfit(`${loss} needs numbers to come near to, the data have classes`, "use softmax-cross-entropy");
		if (set.outputs !== network.outputs)
			throw misfit(
				`${last} has width ${network.outputs}, the data have ${set.outputs} targets`,
				`end workload.model with { dense: ${set.outputs} }`,
			);
	} else if (set.outputs > 0) throw misfit(`${loss} needs classes, the data have targets`, "use mean-squared-error");
	else if (loss === "binary-cross-entropy") {
		if (set.classes > 2) throw misfit(`${loss} tells two classes apart, the data have ${set.classes} classes`, "use softmax-cross-entropy");
	} else if (set.classes > network.outputs)
		throw misfit(
			`${last} has width ${network.outputs}, the data have ${set.classes} classes`,
			`end workload.model with { dense: ${set.classes} }`,
		);
}

const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 1;

const misfit = (found: string, fix: string): SweetspotError => new SweetspotError("model/misfit", found, fix);
