import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { type Activation, allocateActivation } from "../activation.js";
import { Arena } from "../arena.js";
import { instantiateKernels } from "../kernels.js";
import type { LayerSpec } from "../network-spec.js";
import { Parameters } from "../parameters.js";
import { featuresOf, layerShapes, type Shape } from "../shapes.js";
import { Convolution, convolutionParameterCount } from "./convolution.js";
import type { Layer } from "./layer.js";
import { AveragePooling, MaxPooling } from "./pooling.js";

type WindowSpec = Extract<LayerSpec, { readonly kind: "conv" | "max-pool" | "average-pool" }>;

/** A layer on its own with random values in all its activations, garbage where results belong, and the double-precision truth. */
function setUp(spec: WindowSpec, shape: Shape, rows: number) {
	const arena = new Arena();
	const kernels = instantiateKernels(arena.memory);
	kernels.setScratch(arena.allocate(kernels.scratchBytes()));
	const rng = Rng.fromSeed(featuresOf(shape) * 31 + rows);
	const [output] = layerShapes([spec], shape);
	const [before, after] = [shape, output].map((one) => allocateActivation(arena, featuresOf(one), rows, true));
	const fill = (pointer: number, { width, stride }: Activation) => {
		for (let i = 0; i < rows; i++) {
			const row = new Float32Array(arena.memory.buffer, pointer + i * stride, width);
			// Small integers: sums of their products are exact, so that results must be equal, and maxima meet ties.
			for (let j = 0; j < width; j++) row[j] = rng.below(9) - 4;
		}
	};
	for (const { pointer, of } of [
		{ pointer: before.values, of: before },
		{ pointer: before.gradient, of: before },
		{ pointer: after.values, of: after },
		{ pointer: after.gradient, of: after },
	])
		fill(pointer, of);
	const padding = spec.kind === "conv" ? spec.padding : 0;
	const windows = { input: shape, output, windowHeight: spec.size, windowWidth: spec.size, stride: spec.stride, padding };
	const count = spec.kind === "conv" ? convolutionParameterCount(spec.size, shape.channels, spec.filters) : 0;
	const parameters = new Parameters(arena, count);
	let layer: Layer;
	if (spec.kind === "conv") {
		const options = { init: "he-normal", rectify: false } as const;
		layer = new Convolution(kernels, before, after, parameters.take(count), windows, options, arena);
	} else layer = new (spec.kind === "max-pool" ? MaxPooling : AveragePooling)(kernels, before, after, windows, arena);
	for (let i = 0; i < count; i++) parameters.values.view[i] = rng.below(9) - 4;
	const write = (pointer: number, value: number) => new Float32Array(arena.memory.buffer, pointer, 1).fill(value);
	const read = (pointer: number, { width, stride }: Activation) =>
		Array.from({ length: rows }, (_, i) => [...new Float32Array(arena.memory.buffer, pointer + i * stride, width)]);
	const paddings = () =>
		[before, after].flatMap(({ values, gradient, width, stride }) =>
			[values, gradient].flatMap((pointer) =>
				Array.from({ length: rows }, (_, i) => [
					...new Float32Array(arena.memory.buffer, pointer + i * stride, stride / 4).subarray(width),
				]),
			),
		);
	return { layer, before, after, read, parameters, windows, paddings, norms: arena.doubles(rows), set: write };
}

/** Visits every element under every place of the window: output pixel, input pixel, place within the window. */
function visit(
	{ input, output, windowHeight, windowWidth, stride, padding }: ReturnType<typeof setUp>["windows"],
	see: (out: number, at: number, within: number) => void,
): void {
	for (let oy = 0; oy < output.height; oy++)
		for (let ox = 0; ox < output.width; ox++)
			for (let ky = 0; ky < windowHeight; ky++)
				for (let kx = 0; kx < windowWidth; kx++) {
					const [y, x] = [oy * stride + ky - padding, ox * stride + kx - padding];
					if (y >= 0 && y < input.height && x >= 0 && x < input.width)
						see(oy * output.width + ox, y * input.width + x, ky * windowWidth + kx);
				}
}

const side = fc.integer({ min: 1, max: 9 });
const anySpec = fc
	.record({
		kind: fc.constantFrom("conv", "max-pool", "average-pool"),
		shape: fc.record({ height: side, width: side, channels: fc.oneof(fc.constant(4), fc.integer({ min: 1, max: 9 })) }),
		size: fc.oneof(fc.constant(2), fc.integer({ min: 1, max: 5 })),
		stride: fc.oneof(fc.constant(2), fc.integer({ min: 1, max: 3 })),
		padding: fc.integer({ min: 0, max: 4 }),
		filters: fc.integer({ min: 1, max: 10 }),
		rows: fc.integer({ min: 1, max: 4 }),
	})
	.filter(({ kind, shape, size, padding }) => {
		const around = kind === "conv" ? padding : 0;
		return around < size && Math.min(shape.height, shape.width) + 2 * around >= size;
	})
	.map(({ kind, shape, size, stride, padding, filters, rows }) => ({
		spec: (kind === "conv" ? { kind, filters, size, stride, padding } : { kind, size, stride }) as WindowSpec,
		...{ shape, rows },
	}));

describe("for any shape", () => {
	test("outputs, input gradients, parameter gradients and norms are those of loops over every window", () => {
		fc.assert(
			fc.property(anySpec, ({ spec, shape, rows }) => {
				const { layer, before, after, read, parameters, windows, paddings, norms } = setUp(spec, shape, rows);
				const [x, dy] = [read(before.values, before), read(after.gradient, after)];
				const weights = [...parameters.values.view];
				const { channels } = shape;
				const filters = windows.output.channels;
				const runs = spec.size * spec.size * channels;
				layer.forward(rows, true);
				const y = read(after.values, after);
				layer.backward(rows, 0, { at: norms.pointer, divisor: 3 });
				const dx = read(before.gradient, before);
				const ownNorms: number[] = [];
				const total = new Array<number>(weights.length).fill(0);
				for (let i = 0; i < rows; i++) {
					const own = new Array<number>(weights.length).fill(0);
					const expectedY = new Array<number>(y[i].length).fill(spec.kind === "max-pool" ? Number.NEGATIVE_INFINITY : 0);
					const expectedDx = new Array<number>(dx[i].length).fill(0);
					if (spec.kind === "conv") {
						for (const o of expectedY.keys()) {
							expectedY[o] = weights[runs * filters + (o % filters)];
							own[runs * filters + (o % filters)] += dy[i][o];
						}
						visit(windows, (out, at, within) => {
							for (let c = 0; c < channels; c++)
								for (let f = 0; f < filters; f++) {
									const p = (within * channels + c) * filters + f;
									expectedY[out * filters + f] += x[i][at * channels + c] * weights[p];
									expectedDx[at * channels + c] += dy[i][out * filters + f] * weights[p];
									own[p] += x[i][at * channels + c] * dy[i][out * filters + f];
								}
						});
					} else if (spec.kind === "average-pool") {
						const share = 1 / (spec.size * spec.size);
						visit(windows, (out, at) => {
							for (let c = 0; c < channels; c++) {
								expectedY[out * channels + c] += share * x[i][at * channels + c];
								expectedDx[at * channels + c] += share * dy[i][out * channels + c];
							}
						});
					} else {
						const first = new Map<number, number>();
						visit(windows, (out, at) => {
							for (let c = 0; c < channels; c++)
								if (x[i][at * channels + c] > expectedY[out * channels + c]) {
									expectedY[out * channels + c] = x[i][at * channels + c];
									first.set(out * channels + c, at * channels + c);
								}
						});
						for (const [out, at] of first) expectedDx[at] += dy[i][out];
					}
					ownNorms.push(9 * own.reduce((sum, g) => sum + g * g, 0));
					for (const [p, g] of own.entries()) total[p] += g;
					const rounded = (values: readonly number[]) =>
						values.map((value) => (spec.kind === "average-pool" ? Math.round(value * 1e5) / 1e5 + 0 : value + 0));
					expect(rounded(y[i])).toEqual(rounded(expectedY));
					expect(rounded(dx[i])).toEqual(rounded(expectedDx));
				}
				expect([...parameters.gradients.view].map((g) => g + 0)).toEqual(total);
				expect([...norms.view]).toEqual(ownNorms);
				expect(
					paddings()
						.flat()
						.every((value) => value === 0),
				).toBe(true);
			}),
			{ numRuns: 250, seed: 2 },
		);
	});
});

test.each([2, 3].flatMap((size) => [0, 1, size, size * size - 1].map((at) => ({ at, size }))))(
	"what is not a number, at $at, reaches the largest of its window of $size × $size, and no other",
	({ at, size }) => {
		const [spec, shape] = [{ kind: "max-pool", size, stride: size } as const, { height: size, width: 2 * size, channels: 1 }];
		const { layer, before, after, read, set } = setUp(spec, shape, 1);
		set(before.values + 4 * (Math.floor(at / size) * shape.width + (at % size)), Number.NaN);
		layer.forward(1, true);
		const [first, second] = read(after.values, after)[0];
		expect(first).toBeNaN();
		expect(second).not.toBeNaN();
	},
);
