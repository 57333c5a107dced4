import { internal } from "../core/errors.js";
import { paddedStride } from "./activation.js";
import type { Arena } from "./arena.js";
import type { Pointer } from "./kernels.js";

/** Examples in the engine's memory, each row padded with zeros to whole vectors. */
export interface ExampleSet {
	readonly count: number;
	/** Features of one example. */
	readonly width: number;
	/** One more than the largest label. */
	readonly classes: number;
	/** Bytes from example to example. */
	readonly stride: number;
	readonly features: Pointer;
	readonly labels: Pointer;
}

/** `features`: count × width, row-major. `labels`: count integers of 0 or more. Both are copied. */
export interface Examples {
	readonly count: number;
	readonly width: number;
	readonly features: Float32Array;
	readonly labels: Int32Array;
}

export function loadExamples(arena: Arena, { count, width, features, labels }: Examples): ExampleSet {
	if (features.length !== count * width || labels.length !== count)
		throw internal(`${count} examples of ${width} features came with ${features.length} features and ${labels.length} labels`);
	const stride = paddedStride(width);
	const floats = arena.floats((count * stride) / 4);
	const integers = arena.integers(count);
	const rows = floats.view;
	for (let i = 0; i < count; i++) rows.set(features.subarray(i * width, (i + 1) * width), (i * stride) / 4);
	integers.view.set(labels);
	let largest = 0;
	for (const label of labels) {
		if (label < 0) throw internal(`a label is a class from 0, got ${label}`);
		largest = Math.max(largest, label);
	}
	return { count, width, classes: largest + 1, stride, features: floats.pointer, labels: integers.pointer };
}
