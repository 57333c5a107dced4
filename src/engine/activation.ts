import type { Arena } from "./arena.js";
import type { Pointer } from "./kernels.js";

/** What flows between two layers for a chunk of examples: one row each, padded with zeros to whole vectors of four. */
export interface Activation {
	/** Floats of one row that count. */
	readonly width: number;
	/** Bytes from row to row. */
	readonly stride: number;
	/** Movable for the input of a network, which may lie in a set as well as in a mini-batch. */
	values: Pointer;
	/** The gradient of the loss with respect to the values, in the same layout; 0 where it isn't needed. */
	readonly gradient: Pointer;
}

/** Bytes of a row of `width` floats, padded to whole vectors. */
export const paddedStride = (width: number): number => Math.ceil(width / 4) * 16;

export function allocateActivation(arena: Arena, width: number, rows: number, gradient: boolean): Activation {
	const stride = paddedStride(width);
	return { width, stride, values: arena.allocate(rows * stride), gradient: gradient ? arena.allocate(rows * stride) : 0 };
}
