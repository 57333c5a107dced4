import type { LayerSpec } from "../../src/engine/network-spec.js";

/** A network and a batch size whose training step is timed: softmax cross-entropy, SGD with momentum 0.9, single precision. */
export interface Case {
	readonly name: string;
	readonly network: string;
	readonly batchSize: number;
	/** Features of an example. */
	readonly inputs: number;
	readonly layers: readonly LayerSpec[];
	readonly classes: number;
	/** Floating-point operations of the matrix products of one step: forward, weight gradients, and input gradients of every layer but the first. */
	readonly flop: number;
	/** What the step must reach: PyTorch's time over ours, at least; null: no bar. */
	readonly bar: { readonly wasm: number; readonly native: number | null };
}

/** In every set; more than the largest batch, and at 784 features more than the second-level cache holds. */
export const examples = 4096;

const workloads = {
	A: { widths: [2, 50, 3], bars: { 1: [100, null], 32: [25, null], 500: [3, null] } },
	B: { widths: [784, 128, 10], bars: { 1: [4, null], 32: [1.1, 1.3], 256: [0.5, 1.1], 1024: [0.5, 1.1] } },
	C: { widths: [784, 1024, 1024, 10], bars: { 32: [0.6, 1.1], 256: [0.38, 1], 1024: [0.38, 1] } },
} as const;

export const cases: readonly Case[] = Object.entries(workloads).flatMap(([letter, { widths, bars }]) =>
	Object.entries(bars as Record<string, readonly [number, number | null]>).map(([size, [wasm, native]]): Case => {
		const batchSize = Number(size);
		const products = widths.slice(1).map((units, i) => units * widths[i]);
		return {
			name: `${letter}${batchSize}`,
			network: widths.join("-"),
			batchSize,
			inputs: widths[0],
			layers: widths.slice(1).flatMap((units, i): LayerSpec[] => [...(i > 0 ? [{ kind: "relu" } as const] : []), { kind: "dense", units }]),
			classes: widths[widths.length - 1],
			flop: 2 * batchSize * (3 * products.reduce((sum, product) => sum + product, 0) - products[0]),
			bar: { wasm, native },
		};
	}),
);
