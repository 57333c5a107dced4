import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { allocateActivation } from "../activation.js";
import { Arena } from "../arena.js";
import { instantiateKernels } from "../kernels.js";
import { Parameters } from "../parameters.js";
import { featuresOf, layerShapes, type Shape } from "../shapes.js";
import { Convolution, convolutionParameterCount } from "./convolution.js";

interface Case {
	readonly shape: Shape;
	readonly filters: number;
	readonly size: number;
	readonly stride: number;
	readonly padding: number;
	/** Share of the gradient that is not zero. */
	readonly density: number;
	readonly rectify: boolean;
}

const { fround } = Math;
/** a + b·c, rounded to single precision after each operation. */
const plus = (a: number, b: number, c: number) => fround(a + fround(b * c));

/** One example through a layer with normal values everywhere, and the loops that it stands for. */
function bothWays({ shape, filters, size, stride, padding, density, rectify }: Case) {
	const arena = new Arena();
	const kernels = instantiateKernels(arena.memory);
	kernels.setScratch(arena.allocate(kernels.scratchBytes()));
	const rng = Rng.fromSeed(featuresOf(shape) + filters);
	const [output] = layerShapes([{ kind: "conv", filters, size, stride, padding }], shape);
	const [before, after] = [shape, output].map((one) => allocateActivation(arena, featuresOf(one), 1, true));
	const count = convolutionParameterCount(size, shape.channels, filters);
	const parameters = new Parameters(arena, count);
	const windows = { input: shape, output, windowHeight: size, windowWidth: size, stride, padding };
	const layer = new Convolution(kernels, before, after, parameters.take(count), windows, { init: "he-normal", rectify }, arena);
	const floats = (pointer: number, length: number) => new Float32Array(arena.memory.buffer, pointer, length);
	const [x, dx] = [before.values, before.gradient].map((pointer) => floats(pointer, before.width));
	const [y, dy] = [after.values, after.gradient].map((pointer) => floats(pointer, after.width));
	for (const values of [x, parameters.values.view]) for (let i = 0; i < values.length; i++) values[i] = rng.normal();
	layer.forward(1);
	for (let i = 0; i < dy.length; i++) dy[i] = rng.uniform() < density ? rng.normal() : 0;

	const w = parameters.values.view;
	const run = size * size * shape.channels;
	const expected = { y: new Float32Array(y.length), dx: new Float32Array(dx.length), gradients: new Float32Array(count) };
	for (let place = 0; place < output.height * output.width; place++) {
		const pixels = pixelsUnder(place, { shape, size, stride, padding }, output.width);
		const from = Array.from({ length: run }, () => 0);
		for (let f = 0; f < filters; f++) {
			const at = place * filters + f;
			let sum = w[run * filters + f];
			for (const [p, pixel] of pixels.entries()) sum = plus(sum, pixel < 0 ? 0 : x[pixel], w[p * filters + f]);
			expected.y[at] = rectify ? Math.max(0, sum) : sum;
			const d = rectify && sum <= 0 ? 0 : dy[at];
			for (const [p, pixel] of pixels.entries()) {
				expected.gradients[p * filters + f] = plus(expected.gradients[p * filters + f], d, pixel < 0 ? 0 : x[pixel]);
				from[p] = plus(from[p], d, w[p * filters + f]);
			}
			expected.gradients[run * filters + f] += d;
		}
		for (const [p, pixel] of pixels.entries()) if (pixel >= 0) expected.dx[pixel] += from[p];
	}
	layer.backward(1, 0, null);
	return { found: { y, dx, gradients: parameters.gradients.view }, expected };
}

/** The numbers under a window in the weights' order, by their place in the image; −1 for those of the padding. */
function pixelsUnder(place: number, { shape, size, stride, padding }: Omit<Case, "filters" | "density" | "rectify">, columns: number) {
	const [top, left] = [Math.floor(place / columns) * stride - padding, (place % columns) * stride - padding];
	return Array.from({ length: size * size * shape.channels }, (_, p) => {
		const pixel = Math.floor(p / shape.channels);
		const [row, column] = [top + Math.floor(pixel / size), left + (pixel % size)];
		const inside = row >= 0 && row < shape.height && column >= 0 && column < shape.width;
		return inside ? (row * shape.width + column) * shape.channels + (p % shape.channels) : -1;
	});
}

const side = fc.integer({ min: 1, max: 8 });
const anyCase: fc.Arbitrary<Case> = fc
	.record({
		shape: fc.record({ height: side, width: side, channels: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 20 })) }),
		filters: fc.integer({ min: 1, max: 10 }),
		size: fc.oneof(fc.constant(3), fc.integer({ min: 1, max: 5 })),
		stride: fc.integer({ min: 1, max: 3 }),
		padding: fc.integer({ min: 0, max: 2 }),
		density: fc.constantFrom(0, 0.1, 0.2, 1),
		rectify: fc.boolean(),
	})
	.filter(({ shape, size, padding }) => padding < size && Math.min(shape.height, shape.width) + 2 * padding >= size);

test("by products, by lists or straight from the image: every bit is that of the loops in single precision, for any shape", () => {
	fc.assert(
		fc.property(anyCase, (one) => {
			const { found, expected } = bothWays(one);
			expect(found).toEqual(expected);
		}),
		{ numRuns: 300, seed: 3 },
	);
});
