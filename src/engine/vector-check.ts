import { Arena, type Block } from "./arena.js";
import { edgeNumbers } from "./edge-numbers.js";
import { instantiateKernels, type Kernels } from "./kernels.js";
import type { VectorProducts } from "./native-products.js";
import { PassCheck, passSet } from "./pass-check.js";

const starts = { zero: 0, c: 1, bias: 2 } as const;
const epilogues = { store: 0, rectify: 1, mask: 2, descend: 3 } as const;

/** One product, as layers ask for it: C (m × n) from A·B, A·Bᵀ (NT) or Aᵀ·B (TN), where its sums begin and what becomes of them. */
export interface ProductCase {
	readonly m: number;
	readonly n: number;
	readonly k: number;
	readonly form: "NN" | "NT" | "TN";
	readonly from: keyof typeof starts;
	readonly kind: keyof typeof epilogues;
	/** Floats between the rows of C. */
	readonly gap: number;
	/** Of the numbers: another seed, other numbers. */
	readonly seed: number;
	/** Whether there are infinities and NaNs among them; zeros of both signs and denormal numbers always are. */
	readonly odd: boolean;
}

/** Floats behind every block that no kernel may write to. */
const border = 40;
/** Computes the same products by WebAssembly and by wider vectors, in one memory, and compares them bit by bit; any NaN equals any NaN. */
export class VectorCheck {
	readonly #arena = new Arena();
	readonly #sides: readonly Kernels[];
	readonly #empty: number;

	constructor(vectors: VectorProducts) {
		this.#sides = [null, { ...vectors, leastProduct: 0 }].map((native) => {
			const kernels = instantiateKernels(this.#arena.memory, native);
			kernels.setScratch(this.#arena.allocate(kernels.scratchBytes()));
			return kernels;
		});
		this.#empty = this.#arena.mark();
	}

	/** The first difference, in words; null where there is none. */
	difference(product: ProductCase): string | null {
		const { m, n, k, form, from, kind, gap } = product;
		this.#arena.release(this.#empty);
		const numbers = edgeNumbers(product);
		const drawn = (length: number): Block<Float32Array> => {
			const block = this.#arena.floats(length + border);
			for (let i = 0; i < block.length; i++) block.view[i] = numbers();
			return block;
		};
		const padded = (width: number) => Math.ceil(width / 4) * 4; // as rows of activations are
		const [a, b, bias] = [drawn(form === "TN" ? k * padded(m) : m * padded(k)), drawn(n * k), drawn(n)];
		const ldc = n + gap;
		const outputs = [drawn(m * ldc), drawn(m * ldc), drawn(m * ldc)];
		const [c, first, second] = outputs;
		const before = outputs.map(({ view }) => view.slice());
		const results = this.#sides.map((kernels) => {
			for (const [i, { view }] of outputs.entries()) view.set(before[i]);
			kernels.setMask(first.pointer - c.pointer);
			kernels.setDescent(first.pointer - c.pointer, second.pointer - c.pointer, 0.125, 0.9, 0.01);
			const [aRow, aStep] = form === "TN" ? [4, 4 * padded(m)] : [4 * padded(k), 4];
			const ldb = 4 * (form === "NT" ? k : n);
			kernels.gemm(
				...([m, n, k, a.pointer, aRow, aStep, b.pointer, ldb, form === "NT", c.pointer, 4 * ldc] as const),
				...([starts[from], bias.pointer, epilogues[kind]] as const),
			);
			return outputs.map(({ view }) => view.slice());
		});
		// A gradient that was used up may leave anything in its own place.
		const compared = kind === "descend" ? [1, 2] : [0, 1, 2];
		for (const output of compared) {
			const [expected, got] = results.map((of) => of[output]);
			const at = expected.findIndex((value, i) => !Object.is(value, got[i]));
			if (at >= 0)
				return `${JSON.stringify(product)}: ${["C", "velocity", "parameter"][output]}[${Math.floor(at / ldc)}, ${at % ldc}] is ${got[at]}, expected ${expected[at]}`;
		}
		return null;
	}
}

/**
 * The products that are compared whenever wider vectors are loaded: every form, start and epilogue, whole and broken tiles, few rows, more
 * than one block of k.
 */
const fixedSet: readonly ProductCase[] = (
	[
		[1, 130, 40, "NN", "bias", "rectify"],
		[3, 33, 7, "NN", "c", "store"],
		[13, 70, 260, "NN", "bias", "store"],
		[30, 33, 9, "NN", "bias", "rectify"],
		[25, 50, 2, "NN", "zero", "store"],
		[9, 37, 70, "NT", "zero", "mask"],
		[29, 17, 10, "NT", "zero", "store"],
		[50, 3, 32, "TN", "zero", "descend"],
		[31, 65, 270, "TN", "zero", "descend"],
		[19, 40, 1, "TN", "zero", "descend"],
		[26, 20, 8, "TN", "c", "store"],
	] as const
).flatMap(([m, n, k, form, from, kind], i) => [false, true].map((odd) => ({ m, n, k, form, from, kind, gap: i % 3, seed: i + 1, odd })));

/** What differs in the fixed sets of products and of passes: nothing, or the vectors must not be used. */
export function differencesFromWasm(vectors: VectorProducts): readonly string[] {
	const [products, passes] = [new VectorCheck(vectors), new PassCheck(vectors)];
	return [...fixedSet.map((product) => products.difference(product)), ...passSet.map((pass) => passes.difference(pass))].filter(
		(difference) => difference !== null,
	);
}
