import type { Arena, Block } from "./arena.js";
import type { Pointer } from "./kernels.js";

/** A layer's part of the state, as bits: what they mean is the layer's business. */
export interface StateSlice {
	readonly pointer: Pointer;
	readonly view: Int32Array;
}

/**
 * What layers keep from step to step in addition to their parameters (running statistics, generators), in one block of 32-bit words. Code
 * that copies it with the parameters and puts both back goes on from there.
 */
export class LayerState {
	readonly words: Block<Int32Array>;
	#taken = 0;

	constructor(arena: Arena, count: number) {
		this.words = arena.integers(count);
	}

	/** The next `count` words. */
	take(count: number): StateSlice {
		const from = this.#taken;
		const { words } = this;
		this.#taken += count;
		return {
			pointer: words.pointer + 4 * from,
			get view() {
				return words.view.subarray(from, from + count);
			},
		};
	}
}
