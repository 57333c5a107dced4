import { SweetspotError } from "../core/errors.js";
import type { ExampleSet } from "./example-set.js";
import type { NetworkSpec } from "./network-spec.js";

/**
 * Checks a network before it is built and returns the output width of each of its layers; the last is the number of classes. Throws
 * `model/misfit` with the number of the layer (from 1), what was found, and what was expected.
 */
export function layerWidths(spec: NetworkSpec): readonly number[] {
	if (!isWidth(spec.inputs)) throw misfit(`the input has ${spec.inputs} features, expected an integer of 1 or more`, "check the data");
	if (spec.layers.length === 0) throw misfit("it has no layers, expected at least one", "add { dense: CLASSES } to workload.model");
	let width = spec.inputs;
	const widths = spec.layers.map((layer, index) => {
		if (layer.kind === "dense") {
			if (!isWidth(layer.units))
				throw misfit(
					`layer ${index + 1} (dense) has ${layer.units} units, expected an integer of 1 or more`,
					`mend workload.model, layer ${index + 1}`,
				);
			width = layer.units;
		}
		return width;
	});
	if (width < 2)
		throw misfit(
			`layer ${widths.length} (${spec.layers[widths.length - 1].kind}), the last, has width ${width}, expected one for each class, so 2 or more`,
			"end workload.model with { dense: CLASSES }",
		);
	return widths;
}

/** Throws `model/misfit` where a set has another number of features than the network's input, or more classes than its output. */
export function checkFit(network: { readonly spec: NetworkSpec; readonly classes: number }, set: ExampleSet): void {
	const { inputs, layers } = network.spec;
	if (set.width !== inputs)
		throw misfit(
			`layer 1 (${layers[0].kind}) expects ${inputs} features, the examples have ${set.width}`,
			"use the data the network was built for",
		);
	if (set.classes > network.classes)
		throw misfit(
			`layer ${layers.length} (${layers[layers.length - 1].kind}), the last, has width ${network.classes}, the data have ${set.classes} classes`,
			`end workload.model with { dense: ${set.classes} }`,
		);
}

const isWidth = (width: number): boolean => Number.isSafeInteger(width) && width >= 1;

const misfit = (found: string, fix: string): SweetspotError => new SweetspotError("model/misfit", found, fix);
