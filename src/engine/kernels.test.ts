import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Arena } from "./arena.js";
import { instantiateKernels } from "./kernels.js";
import type { LibraryProducts, Multiply } from "./native-products.js";

const arena = new Arena();
const kernels = instantiateKernels(arena.memory);
kernels.setScratch(arena.allocate(kernels.scratchBytes()));

/** The triple loop, rounding after every operation, in the place of a library; it counts its calls. */
const outside = {
	kind: "blas",
	name: "triple loop",
	leastProduct: 0,
	leastSide: 2,
	calls: 0,
	multiplyOn: ({ buffer }: WebAssembly.Memory): Multiply => {
		let floats = new Float32Array(buffer);
		return (m, n, k, a, lda, transposedA, b, ldb, transposedB, c, ldc, add) => {
			if (floats.length === 0) floats = new Float32Array(arena.memory.buffer);
			outside.calls++;
			for (let i = 0; i < m; i++)
				for (let j = 0; j < n; j++) {
					let sum = add ? floats[c / 4 + i * ldc + j] : 0;
					for (let p = 0; p < k; p++) {
						const x = floats[a / 4 + (transposedA ? p * lda + i : i * lda + p)];
						sum = Math.fround(sum + Math.fround(x * floats[b / 4 + (transposedB ? j * ldb + p : p * ldb + j)]));
					}
					floats[c / 4 + i * ldc + j] = sum;
				}
		};
	},
} satisfies LibraryProducts & { calls: number };
const withOutside = instantiateKernels(arena.memory, outside);
withOutside.setScratch(arena.allocate(withOutside.scratchBytes()));
const empty = arena.mark();

const starts = { zero: 0, c: 1, bias: 2 } as const;
const epilogues = { store: 0, rectify: 1, descend: 3 } as const;

interface Product {
	readonly m: number;
	readonly n: number;
	readonly k: number;
	readonly form: "NN" | "NT" | "TN";
	readonly from: keyof typeof starts;
	readonly kind: "store" | "rectify";
}

/** Runs the kernel and the triple loop, which rounds to single precision after every operation, k ascending, and compares bit by bit. */
function mismatches({ m, n, k, form, from, kind }: Product, { gemm } = kernels, draw = (rng: Rng) => rng.normal()): string[] {
	arena.release(empty);
	const rng = Rng.fromSeed(m * 1_000_000 + n * 1000 + k);
	const random = (length: number) => {
		const block = arena.floats(length);
		for (let i = 0; i < length; i++) block.view[i] = draw(rng);
		return block;
	};
	const stride = Math.ceil(k / 4) * 4; // rows of A are padded with zeros, as activations are
	const [a, b, c, bias] = [random(form === "TN" ? m * k : m * stride), random(n * k), random(m * n + 1), random(n)];
	if (form !== "TN") for (let i = 0; i < m; i++) a.view.fill(0, i * stride + k, (i + 1) * stride);
	const expected = Float32Array.from(c.view);
	const aAt = (i: number, p: number) => a.view[form === "TN" ? p * m + i : i * stride + p];
	const bAt = (p: number, j: number) => b.view[form === "NT" ? j * k + p : p * n + j];
	for (let i = 0; i < m; i++)
		for (let j = 0; j < n; j++) {
			let sum = from === "zero" ? 0 : from === "c" ? c.view[i * n + j] : bias.view[j];
			for (let p = 0; p < k; p++) sum = Math.fround(sum + Math.fround(aAt(i, p) * bAt(p, j)));
			expected[i * n + j] = kind === "rectify" ? Math.max(sum, 0) : sum;
		}
	const [aRow, aStep] = form === "TN" ? [4, 4 * m] : [4 * stride, 4];
	const ldb = 4 * (form === "NT" ? k : n);
	gemm(
		...([m, n, k, a.pointer, aRow, aStep, b.pointer, ldb, form === "NT", c.pointer, 4 * n] as const),
		...([starts[from], bias.pointer, epilogues[kind]] as const),
	);
	const wrong: string[] = [];
	for (let i = 0; i < expected.length; i++)
		if (c.view[i] !== expected[i]) wrong.push(`[${Math.floor(i / n)}, ${i % n}]: ${c.view[i]}, expected ${expected[i]}`);
	return wrong;
}

describe("gemm", () => {
	const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 70 }));
	const forms = fc.constantFrom("NN", "NT", "TN");

	const product = fc
		.record({
			m: size,
			n: size,
			k: size,
			form: forms,
			from: fc.constantFrom("zero", "c", "bias"),
			kind: fc.constantFrom("store", "rectify"),
		})
		.map((p) => ({ ...p, from: p.form === "NT" ? "zero" : p.from }) as Product); // Bᵀ is only ever multiplied from zero

	test("equals the triple loop in single precision to the bit, for any shape, and writes nothing beyond it", () => {
		fc.assert(
			fc.property(product, (p) => {
				expect(mismatches(p)).toEqual([]);
			}),
			{ numRuns: 300, seed: 1 },
		);
	});

	test("hands products out, with their layout, and finishes them", () => {
		// Whole numbers, on which every order of additions is exact: outside, biases come last.
		const draw = (rng: Rng) => rng.below(9) - 4;
		outside.calls = 0;
		fc.assert(
			fc.property(product, (p) => {
				expect(mismatches(p, withOutside, draw)).toEqual([]);
			}),
			{ numRuns: 100, seed: 2 },
		);
		expect(outside.calls).toBeGreaterThan(50); // those with a side of one stay within
	});

	test.each<Product>([
		{ m: 197, n: 65, k: 513, form: "NN", from: "bias", kind: "rectify" },
		{ m: 33, n: 1030, k: 259, form: "NN", from: "c", kind: "store" },
		{ m: 33, n: 1030, k: 259, form: "NT", from: "zero", kind: "store" },
		{ m: 389, n: 71, k: 300, form: "TN", from: "c", kind: "store" },
		{ m: 1, n: 130, k: 700, form: "NN", from: "bias", kind: "rectify" },
		{ m: 3, n: 130, k: 301, form: "NT", from: "zero", kind: "store" },
	])("does so across the borders of its blocks: $form $m × $n × $k", (product) => {
		expect(mismatches(product)).toEqual([]);
	});
});

test.each([
	{ m: 9, n: 7, k: 3 },
	{ m: 50, n: 130, k: 300 },
	{ m: 37, n: 513, k: 5 },
	{ m: 21, n: 1030, k: 300 },
])("a gradient of $m × $n used up where it arises moves the parameters as one that is kept, to the bit", ({ m, n, k }) => {
	arena.release(empty);
	const rng = Rng.fromSeed(n);
	const random = (length: number) => {
		const block = arena.floats(length);
		for (let i = 0; i < length; i++) block.view[i] = rng.normal();
		return block;
	};
	const [x, dy] = [random(k * m), random(k * n)];
	const [gradients, velocity, parameters] = [random(m * n), random(m * n), random(m * n)];
	const before = [velocity, parameters].map(({ view }) => view.slice());
	const moved = (kind: number) => {
		for (const [i, { view }] of [velocity, parameters].entries()) view.set(before[i]);
		kernels.setDescent(velocity.pointer - gradients.pointer, parameters.pointer - gradients.pointer, 0.1, 0.9, 0.01);
		kernels.gemm(m, n, k, x.pointer, 4, 4 * m, dy.pointer, 4 * n, false, gradients.pointer, 4 * n, starts.zero, 0, kind);
		if (kind === epilogues.store) kernels.update(gradients.pointer, m * n);
		return [velocity, parameters].map(({ view }) => view.slice());
	};
	expect(moved(epilogues.descend)).toEqual(moved(epilogues.store));
});

/** Distance in units in the last place of the exact value rounded to single precision. */
function ulps(got: number, exact: number): number {
	const rounded = Math.fround(exact);
	const spacing = 2 ** (Math.floor(Math.log2(Math.abs(rounded))) - 23);
	return Math.abs(got - exact) / spacing;
}

function mapped(kernel: (vector: number, count: number) => void, xs: Float32Array): Float32Array {
	arena.release(empty);
	const block = arena.floats(xs.length);
	block.view.set(xs);
	kernel(block.pointer, xs.length);
	return block.view;
}

describe("exp", () => {
	test("is within a unit in the last place over the whole of [−55, 0]", () => {
		const xs = Float32Array.from({ length: 400_000 }, (_, i) => (-55 * i) / 400_000);
		const worst = mapped(kernels.exp, xs).reduce((most, y, i) => Math.max(most, ulps(y, Math.exp(xs[i]))), 0);
		expect(worst).toBeLessThan(1);
	});

	test("is exactly 1 at 0, exactly 0 below −55, and keeps NaN", () => {
		expect([...mapped(kernels.exp, Float32Array.of(0, -55.1, -1e30, -Infinity, Number.NaN, -0, -104, -88))]).toEqual([
			...[1, 0, 0, 0],
			...[Number.NaN, 1, 0, 0],
		]);
	});
});

describe("log", () => {
	test("is within a unit in the last place from 2⁻³⁰ to 2³⁰", () => {
		const xs = Float32Array.from({ length: 400_000 }, (_, i) => 2 ** (-30 + (60 * i) / 400_000));
		const worst = mapped(kernels.log, xs).reduce((most, y, i) => (xs[i] === 1 ? most : Math.max(most, ulps(y, Math.log(xs[i])))), 0);
		expect(worst).toBeLessThan(1);
	});

	test("is exactly 0 at 1, and shows what went wrong", () => {
		expect([...mapped(kernels.log, Float32Array.of(1, Number.NaN, Infinity, 1))]).toEqual([0, Number.NaN, Number.NaN, 0]);
	});
});

test("squaredNorm adds in double precision", () => {
	arena.release(empty);
	const block = arena.floats(10_003);
	const rng = Rng.fromSeed(3);
	for (let i = 0; i < block.length; i++) block.view[i] = rng.normal();
	const exact = block.view.reduce((sum, x) => sum + x * x, 0);
	const sum = arena.doubles(1);
	kernels.squaredNorm(block.pointer, block.length, sum.pointer);
	expect(Math.abs(sum.view[0] / exact - 1)).toBeLessThan(1e-13); // 10,003 roundings of 2⁻⁵³, at random
});
