import { describe, expect, test } from "vitest";
import { allocateActivation } from "../activation.js";
import { Arena } from "../arena.js";
import { instantiateKernels } from "../kernels.js";
import { Elementwise, type ElementwiseSpec } from "./elementwise.js";

/** f and f′ of each x, over rows of `width`, and what stands in the padding. */
function run(spec: ElementwiseSpec, xs: Float32Array, width = xs.length) {
	const arena = new Arena();
	const rows = xs.length / width;
	const input = allocateActivation(arena, width, rows, true);
	const output = allocateActivation(arena, width, rows, true);
	const floats = input.stride / 4;
	const layer = new Elementwise(instantiateKernels(arena.memory), input, output, spec);
	const at = (pointer: number, row: number) => new Float32Array(arena.memory.buffer, pointer + row * input.stride, floats);
	for (let row = 0; row < rows; row++) {
		at(input.values, row).set(xs.subarray(row * width, (row + 1) * width));
		at(output.gradient, row).fill(1, 0, width);
	}
	layer.forward(rows);
	layer.backward(rows);
	const read = (pointer: number, from: number, to: number) =>
		Array.from({ length: rows }, (_, row) => [...at(pointer, row).subarray(from, to)]).flat();
	return {
		values: read(output.values, 0, width),
		slopes: read(input.gradient, 0, width),
		padding: [...read(output.values, width, floats), ...read(input.gradient, width, floats)],
	};
}

/**
 * The standard normal distribution in double precision: a series near 0, a continued fraction beyond (Abramowitz & Stegun 26.2.11,
 * 26.2.14).
 */
function normal(x: number): number {
	const t = Math.abs(x);
	const bell = Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
	let tail = 0;
	if (t < 3) {
		let term = t;
		let sum = t;
		for (let k = 3; k < 100; k += 2) sum += term *= (t * t) / k;
		tail = 0.5 - sum * bell;
	} else {
		let fraction = 0;
		for (let k = 100; k >= 1; k--) fraction = k / (t + fraction);
		tail = bell / (t + fraction);
	}
	return x < 0 ? tail : 1 - tail;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const bell = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

interface Exact {
	readonly spec: ElementwiseSpec;
	readonly value: (x: number) => number;
	readonly slope: (x: number) => number;
	/** Relative error of values, absolute error of slopes, in units of 2⁻²⁴; measured at four million points: half of it. */
	readonly units: readonly [number, number];
}

const functions: Readonly<Record<string, Exact>> = {
	relu: { spec: { kind: "relu" }, value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0), units: [0, 0] },
	"leaky relu": {
		spec: { kind: "leaky-relu", slope: 0.25 },
		value: (x) => (x > 0 ? x : x / 4),
		slope: (x) => (x > 0 ? 1 : 0.25),
		units: [0, 0],
	},
	tanh: { spec: { kind: "tanh" }, value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2, units: [5, 5] },
	sigmoid: { spec: { kind: "sigmoid" }, value: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x), units: [8, 3] },
	// Below −3 the rounding of x²/2 shows; the values there are below 4e-3.
	gelu: { spec: { kind: "gelu" }, value: (x) => x * normal(x), slope: (x) => normal(x) + x * bell(x), units: [70, 6] },
};

describe.each(Object.entries(functions))("%s", (_, { spec, value, slope, units }) => {
	test("and its derivative are exact to a few roundings", () => {
		const xs = Float32Array.from({ length: 200_000 }, (_, i) => -10 + i / 10_000);
		const { values, slopes } = run(spec, xs);
		let [relative, absolute] = [0, 0];
		for (const [i, x] of xs.entries()) {
			if (x !== 0) relative = Math.max(relative, Math.abs(values[i] - value(x)) / Math.abs(value(x) || 1));
			absolute = Math.max(absolute, Math.abs(slopes[i] - slope(x)));
		}
		expect(relative).toBeLessThanOrEqual(units[0] * 2 ** -24);
		expect(absolute).toBeLessThanOrEqual(units[1] * 2 ** -24);
	});

	test.each([1, 2, 3, 4, 5])("leaves the padding of rows of %i zero", (width) => {
		const { padding } = run(
			spec,
			Float32Array.from({ length: 3 * width }, (_, i) => i - 2),
			width,
		);
		expect(padding.every((x) => x === 0)).toBe(true);
	});

	test("keeps what is not a number, and is bounded at the ends", () => {
		const { values } = run(spec, Float32Array.of(Number.NaN, 1e30, -1e30, 0, 60, -60));
		expect(values[0]).toBeNaN();
		expect(values[1]).toBe(Math.fround(value(Math.fround(1e30))));
		expect(values[3]).toBe(Math.fround(value(0)));
		expect(values.slice(1).every(Number.isFinite)).toBe(true);
	});
});
