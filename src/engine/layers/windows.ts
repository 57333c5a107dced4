import type { Arena } from "../arena.js";
import type { Pointer } from "../kernels.js";
import type { Shape } from "../shapes.js";

/** Windows that slide over an image. */
export interface Windows {
	readonly input: Shape;
	readonly output: Shape;
	readonly windowHeight: number;
	readonly windowWidth: number;
	readonly stride: number;
	readonly padding: number;
}

/** Writes the geometry where kernels read it: see kernels/window.ts. */
export function placeWindows(arena: Arena, { input, output, windowHeight, windowWidth, stride, padding }: Windows): Pointer {
	const geometry = arena.integers(9);
	const { height, width, channels } = input;
	geometry.view.set([height, width, channels, windowHeight, windowWidth, stride, padding, output.height, output.width]);
	return geometry.pointer;
}
