import { describe, expect, test } from "vitest";
import { referencePass, relativeDistance } from "../../../test/engine/reference-network.js";
import { Rng } from "../../core/rng.js";
import { Engine } from "../engine.js";
import type { LayerSpec, NetworkSpec } from "../network-spec.js";
import { largestEigenvalue } from "./largest-eigenvalue.js";

const dense = (units: number): LayerSpec => ({ kind: "dense", units });
const base = { init: "glorot-normal", loss: "softmax-cross-entropy", reduction: "mean" } as const;

/** A network on `count` random examples, and a random direction. */
function setUp(spec: NetworkSpec, count: number) {
	const rng = Rng.fromSeed(3);
	const engine = Engine.create();
	const network = engine.build(spec);
	const features = Float32Array.from({ length: count * spec.inputs }, () => rng.normal());
	const labels = Int32Array.from({ length: count }, () => rng.below(spec.loss === "binary-cross-entropy" ? 2 : network.outputs));
	const targets = Float32Array.from({ length: count * network.outputs }, () => rng.normal());
	const set = engine.load({ features, labels, count, width: spec.inputs, ...(spec.loss === "mean-squared-error" && { targets }) });
	network.initialize(Rng.fromSeed(4));
	for (let i = 0; i < network.parameterCount; i++) network.parameters[i] += 0.1 * rng.normal(); // biases as well
	const direction = Float64Array.from({ length: network.parameterCount }, () => Math.fround(rng.normal()));
	const examples = Array.from(labels, (label, i) => ({ features: [...features.subarray(i * spec.inputs, (i + 1) * spec.inputs)], label }));
	return { engine, network, set, direction, examples, features };
}

test("the exact product of a ReLU network is the difference of double-precision gradients", () => {
	for (const layers of [
		[dense(4)],
		[dense(9), { kind: "relu" }, dense(4)],
		[{ kind: "relu" }, dense(17), { kind: "relu" }, dense(6), dense(4)],
	] as LayerSpec[][]) {
		const spec: NetworkSpec = { ...base, inputs: 5, layers };
		const { engine, network, set, direction, examples } = setUp(spec, 300); // two chunks
		const hessian = engine.hessian(network);
		expect(hessian.method).toBe("exact");
		const before = [...network.parameters];
		const { product, error } = hessian.times(set, direction);
		expect(error).toBe(0);
		expect([...network.parameters]).toEqual(before);
		// h is so small that no ReLU changes sides; 1e-16 of rounding over it leaves nine digits.
		const h = 1e-7;
		const gradient = (sign: number) =>
			referencePass(
				spec,
				before.map((w, i) => w + sign * h * direction[i]),
				examples,
			).gradient;
		const [ahead, behind] = [gradient(1), gradient(-1)];
		const expected = ahead.map((g, i) => (g - behind[i]) / (2 * h));
		// Single precision, 6e-8 an operation, through four products. Measured: 2.0e-7 at most.
		expect(relativeDistance(product, expected)).toBeLessThan(2e-6);
	}
});

const smooth: Record<string, NetworkSpec> = {
	tanh: { ...base, inputs: 3, layers: [dense(7), { kind: "tanh" }, dense(3)] },
	sigmoid: { ...base, inputs: 6, layers: [dense(5), { kind: "sigmoid" }, dense(5), { kind: "sigmoid" }, dense(3)] },
	"gelu, smoothed labels": { ...base, labelSmoothing: 0.1, inputs: 4, layers: [dense(6), { kind: "gelu" }, dense(3)] },
	"binary cross-entropy": { ...base, loss: "binary-cross-entropy", inputs: 4, layers: [dense(6), { kind: "tanh" }, dense(1)] },
	"squared error": { ...base, loss: "mean-squared-error", inputs: 4, layers: [dense(6), { kind: "gelu" }, dense(2)] },
};

test.each(Object.entries(smooth))("%s: the exact product and the difference agree to the error that the latter reports", (_, spec) => {
	const { engine, network, set, direction } = setUp(spec, 40);
	const exact = engine.hessian(network).times(set, direction).product;
	const before = [...network.parameters];
	const { product, error } = engine.hessian(network, "difference").times(set, direction);
	expect([...network.parameters]).toEqual(before);
	const length = Math.sqrt(exact.reduce((sum, x) => sum + x * x, 0));
	expect(relativeDistance(product, exact) * length).toBeLessThan(error);
	expect(error / length).toBeLessThan(5e-3);
});

test("a convolution has no exact product: the difference takes its place, and is symmetric to the error it reports", () => {
	const conv: LayerSpec = { kind: "conv", filters: 2, size: 2, stride: 1, padding: 0 };
	const image = { height: 3, width: 3, channels: 1 };
	const { engine, network, set, direction } = setUp(
		{ ...base, inputs: 9, image, layers: [conv, { kind: "tanh" }, { kind: "flatten" }, dense(3)] },
		20,
	);
	const hessian = engine.hessian(network);
	expect(hessian.method).toBe("difference");
	const rng = Rng.fromSeed(8);
	const other = direction.map(() => rng.normal());
	const [along, across] = [hessian.times(set, direction), hessian.times(set, other)];
	const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
	const bound = along.error * Math.sqrt(dot(other, other)) + across.error * Math.sqrt(dot(direction, direction));
	expect(Math.abs(dot(along.product, other) - dot(across.product, direction))).toBeLessThan(bound);
	expect(bound).toBeLessThan(0.05 * Math.sqrt(dot(along.product, along.product) * dot(other, other)));
	expect(() => engine.hessian(network, "exact")).toThrow("internal: no exact Hessian-vector product goes through conv");
});

test("leaky ReLU and dropout, of which nothing is dropped: as the same function written otherwise", () => {
	const leaky = setUp(
		{ ...base, inputs: 4, layers: [dense(6), { kind: "leaky-relu", slope: 0 }, { kind: "dropout", rate: 0.5 }, dense(3)] },
		30,
	);
	const relu = setUp({ ...base, inputs: 4, layers: [dense(6), { kind: "relu" }, dense(3)] }, 30);
	relu.network.parameters.set(leaky.network.parameters);
	const product = leaky.engine.hessian(leaky.network).times(leaky.set, leaky.direction).product;
	expect([...product]).toEqual([...relu.engine.hessian(relu.network).times(relu.set, leaky.direction).product]);
});

describe("least squares", () => {
	// One layer, K outputs, loss (1/K)·|Wᵀx + b − t|²: H = (2/K)·mean(x̃·x̃ᵀ) for each output, x̃ = (x, 1). Features ±1 at the corners of a
	// cube,
	// stretched: their mean is 0 and their covariance diagonal, so the eigenvalues are (2/K)·stretch², and 2/K for the biases.
	const stretch = [3, 1, 0.5];
	const engine = Engine.create();
	const network = engine.build({ ...base, loss: "mean-squared-error", inputs: 3, layers: [dense(2)] });
	const features = Float32Array.from({ length: 24 }, (_, i) => ((Math.floor(i / 3) >> (i % 3)) & 1 ? 1 : -1) * stretch[i % 3]);
	const rng = Rng.fromSeed(1);
	const targets = Float32Array.from({ length: 16 }, () => rng.normal());
	const set = engine.load({ features, targets, labels: new Int32Array(8), count: 8, width: 3 });
	network.initialize(rng);

	test.each(["exact", "difference"] as const)("%s: the Hessian in closed form", (method) => {
		const hessian = engine.hessian(network, method);
		for (let p = 0; p < 8; p++) {
			const { product } = hessian.times(
				set,
				Float64Array.from({ length: 8 }, (_, i) => (i === p ? 1 : 0)),
			);
			const eigenvalue = p < 6 ? stretch[Math.floor(p / 2)] ** 2 : 1;
			// The difference of a linear gradient is exact but for its rounding: 6e-8 of |g| ≈ 10 over h = 2⁻⁸.
			for (const [i, h] of product.entries())
				expect(Math.abs(h - (i === p ? eigenvalue : 0))).toBeLessThan(method === "exact" ? 1e-6 : 1e-3);
		}
	});

	test("and its largest eigenvalue", () => {
		const hessian = engine.hessian(network);
		const { value, residual } = largestEigenvalue((v) => hessian.times(set, v).product, 8, Rng.fromSeed(5));
		expect(residual).toBeLessThan(1e-3 * 9);
		expect(Math.abs(value - 9)).toBeLessThan(Math.max(residual, 1e-6));
	});
});

test("the largest eigenvalue of a network's Hessian is that of the whole matrix, within its residual", () => {
	const { engine, network, set } = setUp({ ...base, inputs: 3, layers: [dense(6), { kind: "tanh" }, dense(3)] }, 50);
	const hessian = engine.hessian(network);
	const n = network.parameterCount;
	const columns = Array.from(
		{ length: n },
		(_, p) =>
			hessian.times(
				set,
				Float64Array.from({ length: n }, (__, i) => (i === p ? 1 : 0)),
			).product,
	);
	for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(Math.abs(columns[i][j] - columns[j][i])).toBeLessThan(1e-6);
	// The slow way: a thousand times the matrix, shifted so that the most positive eigenvalue is the largest in size.
	let x = Float64Array.from({ length: n }, (_, i) => 1 / (i + 1));
	let norm = 0;
	for (let t = 0; t < 5000; t++) {
		const image = x.map((value, i) => value + x.reduce((sum, y, j) => sum + y * columns[j][i], 0));
		norm = Math.sqrt(image.reduce((sum, y) => sum + y * y, 0));
		x = image.map((y) => y / norm);
	}
	const found = largestEigenvalue((v) => hessian.times(set, v).product, n, Rng.fromSeed(6), { tolerance: 1e-4 });
	expect(found.residual).toBeLessThan(1e-4 * found.value);
	expect(Math.abs(found.value - (norm - 1))).toBeLessThan(found.residual + 1e-6);
	expect(found.products).toBeLessThanOrEqual(40);
	expect(largestEigenvalue((v) => hessian.times(set, v).product, n, Rng.fromSeed(6), { tolerance: 1e-4 })).toEqual(found);
});

test("an operator that is over after a few products, and one that asks for more than it may", () => {
	const diagonal = (values: readonly number[]) => (v: Float64Array) => v.map((x, i) => x * values[i]);
	const same = largestEigenvalue(diagonal([2, 2, 2, 2]), 4, Rng.fromSeed(1));
	expect(same.value).toBeCloseTo(2, 14);
	expect(same.products).toBe(2);
	const negative = largestEigenvalue(diagonal([-5, -1, -3]), 3, Rng.fromSeed(1));
	expect(negative.value).toBeCloseTo(-1, 12);
	const hard = largestEigenvalue(diagonal(Array.from({ length: 400 }, (_, i) => i / 400)), 400, Rng.fromSeed(1), { most: 6 });
	expect(hard.products).toBe(6);
	expect(hard.residual).toBeGreaterThan(1e-3 * hard.value);
	expect(Math.abs(hard.value - 399 / 400)).toBeLessThan(0.2);
});
