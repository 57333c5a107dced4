import { type Activation, allocateActivation } from "../activation.js";
import type { Arena } from "../arena.js";
import type { Pointer } from "../kernels.js";

/**
 * What flows between two layers when a pass is differentiated along a direction v of the parameters: values a and gradients δ = ∂L/∂a as in
 * any pass, and how fast both change along v, R{a} and R{δ}. All four in the layout of activations.
 */
export interface Flow extends Activation {
	/** R{a}; 0 for the input of a network, which doesn't change. */
	readonly tangent: Pointer;
	/** R{δ}; 0 for the input of a network. */
	readonly gradientTangent: Pointer;
}

export function allocateFlow(arena: Arena, width: number, rows: number): Flow {
	const { stride, values, gradient } = allocateActivation(arena, width, rows, true);
	return { width, stride, values, gradient, tangent: arena.allocate(rows * stride), gradientTangent: arena.allocate(rows * stride) };
}

/** Floats of a flow's rows, padding included, at one of its pointers. */
export const floatsAt = (arena: Arena, pointer: Pointer, { stride }: Flow, rows: number): Float32Array =>
	new Float32Array(arena.memory.buffer, pointer, (rows * stride) / 4);

/** A layer that passes values and gradients on together with how fast they change. */
export interface TangentLayer {
	forward(rows: number): void;
	/** Where there are parameters, leaves R{their gradient} in the product's block. */
	backward(rows: number): void;
}
