import type { ImageShape, LayerSpec } from "../../src/engine/network-spec.js";

/** What the step must reach, at least: the best peer's time over ours. Null: no bar. */
export interface Bars {
	/** With the default backend, alone. */
	readonly alone: number | null;
	/** With the default backend, at the number of replicas that a design asks for. */
	readonly replicas: number | null;
}

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
	/**
	 * Floating-point operations of the matrix products of one step: forward, weight gradients, and input gradients of every layer but the
	 * first.
	 */
	readonly flop: number;
	readonly bars: Bars;
}

/** In every set; more than the largest batch, and at 784 features more than the second-level cache holds. */
export const examples = 4096;

const workloads = {
	A: { widths: [2, 50, 3], sizes: [1, 32, 500], bars: { alone: 1, replicas: 1.5 } },
	S: { widths: [64, 64, 10], sizes: [8, 64], bars: { alone: 1, replicas: 1.5 } },
	B: { widths: [784, 128, 10], sizes: [1, 32, 256], bars: { alone: 1, replicas: null } },
	C: { widths: [784, 1024, 1024, 10], sizes: [32, 256, 1024], bars: { alone: 0.8, replicas: null } },
} as const;

const dense: readonly Case[] = Object.entries(workloads).flatMap(([letter, { widths, sizes, bars }]) =>
	sizes.map((batchSize): Case => {
		const products = widths.slice(1).map((units, i) => units * widths[i]);
		return {
			name: `${letter}${batchSize}`,
			network: widths.join("-"),
			batchSize,
			inputs: widths[0],
			layers: widths.slice(1).flatMap((units, i): LayerSpec[] => [...(i > 0 ? [{ kind: "relu" } as const] : []), { kind: "dense", units }]),
			classes: widths[widths.length - 1],
			flop: 2 * batchSize * (3 * products.reduce((sum, product) => sum + product, 0) - products[0]),
			bars,
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
	bars: { alone: null, replicas: null },
};

export const cases: readonly Case[] = [...dense, convolutional];
