import { internal, SweetspotError } from "../core/errors.js";
import { paddedStride } from "./activation.js";
import type { Arena } from "./arena.js";
import type { Pointer } from "./kernels.js";

/** Examples in the engine's memory, each row padded with zeros to whole vectors. */
export interface ExampleSet {
	readonly count: number;
	/** Features of one example. */
	readonly width: number;
	/** One more than the largest label; 0 where there are targets. */
	readonly classes: number;
	/** How many numbers each example's outputs are compared with; 0 where there are labels. */
	readonly outputs: number;
	/** Bytes from example to example. */
	readonly stride: number;
	readonly features: Pointer;
	/** Labels, or rows of targets. */
	readonly truth: Pointer;
	/** Bytes from example to example there. */
	readonly truthStride: number;
}

/**
 * `features`: count × width, row-major. `labels`: count integers of 0 or more. `targets`: count × outputs numbers, row-major, in place of
 * labels, where the examples have some. All are copied.
 */
export interface Examples {
	readonly count: number;
	readonly width: number;
	readonly features: Float32Array;
	readonly labels: Int32Array;
	readonly targets?: Float32Array;
}

/** Throws `data/unusable` where there is no example, a feature or target is not a finite number, or a label is no class. */
export function loadExamples(arena: Arena, { count, width, features, labels, targets }: Examples): ExampleSet {
	if (count === 0) throw unusable("a set has no examples", "give it at least one");
	if (features.length !== count * width || labels.length !== count)
		throw internal(`${count} examples of ${width} features came with ${features.length} features and ${labels.length} labels`);
	checkFinite(features, width, "feature");
	const stride = paddedStride(width);
	const rows = loadRows(arena, features, count, width);
	if (targets) {
		const outputs = targets.length / count;
		if (!Number.isInteger(outputs) || outputs < 1) throw internal(`${count} examples came with ${targets.length} targets`);
		checkFinite(targets, outputs, "target");
		const truth = loadRows(arena, targets, count, outputs);
		return { count, width, classes: 0, outputs, stride, features: rows, truth, truthStride: paddedStride(outputs) };
	}
	const integers = arena.integers(count);
	integers.view.set(labels);
	let largest = 0;
	for (const [i, label] of labels.entries()) {
		if (label < 0) throw unusable(`example ${i + 1} has the label ${label}, expected a class from 0`, "number the classes from 0");
		largest = Math.max(largest, label);
	}
	return { count, width, classes: largest + 1, outputs: 0, stride, features: rows, truth: integers.pointer, truthStride: 4 };
}

function loadRows(arena: Arena, values: Float32Array, count: number, width: number): Pointer {
	const floats = paddedStride(width) / 4;
	const block = arena.floats(count * floats);
	const rows = block.view;
	for (let i = 0; i < count; i++) rows.set(values.subarray(i * width, (i + 1) * width), i * floats);
	return block.pointer;
}

function checkFinite(values: Float32Array, width: number, what: "feature" | "target"): void {
	const bad = values.findIndex((value) => !Number.isFinite(value));
	if (bad < 0) return;
	const [example, place] = [Math.floor(bad / width) + 1, (bad % width) + 1];
	throw unusable(`${what} ${place} of example ${example} is ${values[bad]}, expected a finite number`, "correct or remove that example");
}

const unusable = (found: string, fix: string): SweetspotError => new SweetspotError("data/unusable", found, fix);
