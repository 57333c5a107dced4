import type { ImageShape, LayerSpec } from "../../src/engine/network-spec.js";

/** A network and a batch size whose training step is timed: softmax cross-entropy, SGD with momentum 0.9, single precision. */
export interface Case {
	readonly name: string;
	readonly network: string;
	readonly batchSize: number;
	/** Features of an example. */
	readonly inputs: number;
	readonly image?: ImageShape;
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

const dense: readonly Case[] = Object.entries(workloads).flatMap(([letter, { widths, bars }]) =>
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

const relu = { kind: "relu" } as const;
const pool = { kind: "max-pool", size: 2, stride: 2 } as const;
const conv = (filters: number) => ({ kind: "conv", filters, size: 3, stride: 1, padding: 0 }) as const;

/** 28 × 28 → 26 × 26 × 16 → 13 × 13 × 16 → 11 × 11 × 32 → 5 × 5 × 32 → 10. */
const convolutional: Case = {
	name: "D64",
	network: "conv 16, 32; 10",
	batchSize: 64,
	inputs: 28 * 28,
	image: { height: 28, width: 28, channels: 1 },
	layers: [conv(16), relu, pool, conv(32), relu, pool, { kind: "flatten" }, { kind: "dense", units: 10 }],
	classes: 10,
	flop: 2 * 64 * (2 * (26 * 26 * 16 * 9) + 3 * (11 * 11 * 32 * 9 * 16 + 5 * 5 * 32 * 10)),
	bar: { wasm: 1, native: null },
};

export const cases: readonly Case[] = [...dense, convolutional];
