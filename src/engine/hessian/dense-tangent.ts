import type { Arena } from "../arena.js";
import type { Kernels, Pointer } from "../kernels.js";
import { type Flow, floatsAt, type TangentLayer } from "./flow.js";

/** How a product begins, as kernels/gemm.ts has it. */
const from = { zero: 0, c: 1 } as const;
const store = 0;

/** Where a dense layer's weights (then its biases) lie, the direction's, and the product's. */
export interface DenseBlocks {
	readonly parameters: Pointer;
	readonly direction: Pointer;
	readonly product: Pointer;
}

/**
 * y = x·W + b, along the direction (V, c) of (W, b):
 *
 *     R{y} = R{x}·W + x·V + c
 *     δx = δy·Wᵀ                      R{δx} = R{δy}·Wᵀ + δy·Vᵀ
 *     R{∂W} = R{x}ᵀ·δy + xᵀ·R{δy}     R{∂b} = column sums of R{δy}
 */
export class DenseTangent implements TangentLayer {
	/** `scratch`: room for the input's rows. */
	constructor(
		private readonly kernels: Kernels,
		private readonly arena: Arena,
		private readonly input: Flow,
		private readonly output: Flow,
		private readonly blocks: DenseBlocks,
		private readonly scratch: Pointer,
	) {}

	forward(rows: number): void {
		const { kernels, input, output, blocks } = this;
		const biases = 4 * input.width * output.width;
		const through = (x: Pointer, weights: Pointer, bias: Pointer, y: Pointer) =>
			kernels.denseForward(x, input.stride, weights, bias, y, output.stride, rows, input.width, output.width, false);
		through(input.values, blocks.parameters, blocks.parameters + biases, output.values);
		through(input.values, blocks.direction, blocks.direction + biases, output.tangent);
		if (input.tangent !== 0) this.#product(rows, input.tangent, blocks.parameters, output.tangent);
	}

	backward(rows: number): void {
		const { kernels, input, output, blocks } = this;
		const { width: inputs, stride } = input;
		const { width: outputs, stride: outStride } = output;
		const weights = (x: Pointer, dy: Pointer, begin: number) =>
			kernels.gemm(inputs, outputs, rows, x, 4, stride, dy, outStride, false, blocks.product, 4 * outputs, begin, 0, store);
		weights(input.values, output.gradientTangent, from.zero);
		if (input.tangent === 0) {
			this.#biases(rows);
			return;
		}
		weights(input.tangent, output.gradient, from.c);
		this.#biases(rows);
		const back = (dy: Pointer, matrix: Pointer, dx: Pointer) =>
			kernels.gemm(rows, inputs, outputs, dy, outStride, 4, matrix, 4 * outputs, true, dx, stride, from.zero, 0, store);
		back(output.gradient, blocks.parameters, input.gradient);
		back(output.gradientTangent, blocks.parameters, input.gradientTangent);
		back(output.gradient, blocks.direction, this.scratch);
		const sum = floatsAt(this.arena, input.gradientTangent, input, rows);
		const other = floatsAt(this.arena, this.scratch, input, rows);
		for (let i = 0; i < sum.length; i++) sum[i] += other[i];
	}

	/** y ← y + x·weights */
	#product(rows: number, x: Pointer, weights: Pointer, y: Pointer): void {
		const { input, output } = this;
		const ld = 4 * output.width;
		this.kernels.gemm(rows, output.width, input.width, x, input.stride, 4, weights, ld, false, y, output.stride, from.c, 0, store);
	}

	#biases(rows: number): void {
		const { input, output, blocks } = this;
		const tangents = floatsAt(this.arena, output.gradientTangent, output, rows);
		const biases = new Float32Array(this.arena.memory.buffer, blocks.product + 4 * input.width * output.width, output.width);
		const floats = output.stride / 4;
		for (let j = 0; j < output.width; j++) {
			let sum = 0;
			for (let at = j; at < tangents.length; at += floats) sum += tangents[at];
			biases[j] = sum;
		}
	}
}
