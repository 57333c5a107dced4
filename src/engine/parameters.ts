import { internal } from "../core/errors.js";
import type { Arena, Block } from "./arena.js";
import type { Pointer } from "./kernels.js";

/** A layer's part of the parameters and of their gradients. */
export interface ParameterSlice {
	readonly parameters: Pointer;
	readonly gradients: Pointer;
	/** Of the parameters. */
	readonly view: Float32Array;
}

/** All parameters of a network in one contiguous block, and their gradients in another of the same layout: an update is one pass. */
export class Parameters {
	readonly values: Block<Float32Array>;
	readonly gradients: Block<Float32Array>;
	/** What has been taken so far, in order: where each part begins, and how many parameters it has. */
	readonly slices: { readonly from: number; readonly count: number }[] = [];
	#taken = 0;

	constructor(
		arena: Arena,
		readonly count: number,
	) {
		this.values = arena.floats(count);
		this.gradients = arena.floats(count);
	}

	/** The next `count` parameters. More than there are is a broken invariant: a layer that `layerSizes` counts otherwise. */
	take(count: number): ParameterSlice {
		const from = this.#taken;
		if (from + count > this.count) throw internal(`a layer takes ${count} parameters, and ${this.count - from} are left`);
		const { values, gradients } = this;
		this.#taken += count;
		this.slices.push({ from, count });
		return {
			parameters: values.pointer + 4 * from,
			gradients: gradients.pointer + 4 * from,
			get view() {
				return values.view.subarray(from, from + count);
			},
		};
	}
}
