import { SweetspotError } from "../core/errors.js";
import type { ExampleSet } from "./example-set.js";
import type { LayerSpec, LossName, NetworkSpec } from "./network-spec.js";

/** What one example is between two layers: an image, its channels innermost. A list of features is an image of one pixel. */
export interface Shape {
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

/** Features of one example. */
export const featuresOf = ({ height, width, channels }: Shape): number => height * width * channels;

/** The shape of the examples a network takes. */
export const inputShape = ({ inputs }: NetworkSpec): Shape => ({ height: 1, width: 1, channels: inputs });

/**
 * Checks a network before it is built and returns the output shape of each of its layers. Throws `model/misfit` with the number of the layer
 * (from 1), what was found, and what was expected.
 */
export function checkNetwork(spec: NetworkSpec): readonly Shape[] {
	if (!isCount(spec.inputs)) throw misfit(`the input has ${spec.inputs} features, expected an integer of 1 or more`, "check the data");
	if (spec.layers.length === 0) throw misfit("it has no layers, expected at least one", "add { dense: CLASSES } to workload.model");
	const shapes = layerShapes(spec.layers, inputShape(spec));
	const last = featuresOf(shapes[shapes.length - 1]);
	if (!lastWidths[spec.loss].fits(last))
		throw misfit(
			`layer ${shapes.length} (${spec.layers[shapes.length - 1].kind}), the last, has width ${last}, expected ${lastWidths[spec.loss].words}`,
			lastWidths[spec.loss].fix,
		);
	return shapes;
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

/** The output shape of each layer of a list. Throws `model/misfit`. */
export function layerShapes(layers: readonly LayerSpec[], input: Shape): readonly Shape[] {
	let shape = input;
	return layers.map((layer, index) => {
		shape = outputShape(layer, shape, `layer ${index + 1} (${layer.kind})`);
		return shape;
	});
}

/** The output shape of one layer; `place` names it in errors. */
function outputShape(layer: LayerSpec, input: Shape, place: string): Shape {
	const mend = `mend workload.model, ${place}`;
	switch (layer.kind) {
		case "dense":
			if (!isCount(layer.units)) throw misfit(`${place} has ${layer.units} units, expected an integer of 1 or more`, mend);
			return { height: 1, width: 1, channels: layer.units };
		case "dropout":
			if (!(layer.rate >= 0 && layer.rate < 1)) throw misfit(`${place} has rate ${layer.rate}, expected 0 or more and less than 1`, mend);
			return input;
		case "leaky-relu":
			if (!Number.isFinite(layer.slope)) throw misfit(`${place} has slope ${layer.slope}, expected a finite number`, mend);
			return input;
		default:
			return input;
	}
}

/** Throws `model/misfit` where a set has another number of features than the network's input, or something else to learn than its output. */
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
