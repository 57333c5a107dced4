import { describe, expect, test } from "vitest";
import { SweetspotError } from "../core/errors.js";
import { Engine } from "./engine.js";
import type { LayerSpec } from "./network-spec.js";
import { exampleShape, featuresOf, layerShapes } from "./shapes.js";

const spec = (inputs: number, ...layers: readonly LayerSpec[]) =>
	({ inputs, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" }) as const;
const dense = (units: number): LayerSpec => ({ kind: "dense", units });

const conv = (filters: number, { size = 3, stride = 1, padding = 0 } = {}): LayerSpec => ({
	...{ kind: "conv", filters, size, stride, padding },
});

const failure = (run: () => unknown): SweetspotError => {
	try {
		run();
	} catch (error) {
		if (error instanceof SweetspotError) return error;
	}
	throw new Error("nothing was refused");
};

describe("checkNetwork", () => {
	test("gives the output width of each layer", () => {
		expect(layerShapes([dense(5), { kind: "relu" }, dense(3)], exampleShape(7, undefined)).map(featuresOf)).toEqual([5, 5, 3]);
	});

	const image = { height: 8, width: 6, channels: 3 };

	test("follows images through convolutions and pools", () => {
		const shapes = layerShapes(
			[
				conv(4, { size: 3, padding: 1 }),
				{ kind: "max-pool", size: 2, stride: 2 },
				conv(5, { size: 3, stride: 2, padding: 1 }),
				{ kind: "global-average-pool" },
			],
			image,
		);
		expect(shapes.map(({ height, width, channels }) => [height, width, channels])).toEqual([
			[8, 6, 4],
			[4, 3, 4],
			[2, 2, 5],
			[1, 1, 5],
		]);
		const [flat] = layerShapes([{ kind: "flatten" }], image);
		expect(featuresOf(flat)).toBe(144);
		expect(() => exampleShape(143, image)).toThrow("internal: images of 8×6×3 came with 143 features");
	});

	test.each([
		[conv(4, { size: 7 }), "layer 1 (conv) has windows of 7×7, its input is 8×6×3"],
		[conv(4, { size: 3, padding: 3 }), "layer 1 (conv) has padding 3, expected 0 to 2, less than its size"],
		[conv(0), "layer 1 (conv) has 0 filters"],
		[conv(4, { stride: 0 }), "layer 1 (conv) has stride 0"],
		[{ kind: "max-pool", size: 0, stride: 1 }, "layer 1 (max-pool) has size 0"],
		[{ kind: "average-pool", size: 9, stride: 9 }, "layer 1 (average-pool) has windows of 9×9, its input is 8×6×3"],
	] as const)("refuses windows that don't fit the image: %#", (layer, words) => {
		const error = failure(() => Engine.create().build({ ...spec(144, layer, dense(3)), image }));
		expect(error.code).toBe("model/misfit");
		expect(error.message).toContain(words);
	});

	test.each([
		[{ kind: "batch-norm", ghost: 1 }, "layer 1 (batch-norm) has ghost batches of 1, expected an integer of 2 or more"],
		[{ kind: "residual", layers: [] }, "layer 1 (residual) has no layers of its own"],
		[{ kind: "residual", layers: [{ kind: "flatten" }] }, "layer 1 (residual) has no layers of its own"],
		[{ kind: "residual", layers: [conv(3)] }, "layer 1 (residual) adds 6×4×3, what its layers give, to 8×6×3, its input"],
		[{ kind: "residual", layers: [{ kind: "relu" }, dense(0)] }, "layer 1 (residual), layer 2 (dense) has 0 units"],
	] as const)("refuses normalizations and residuals that don't fit: %#", (layer, words) => {
		expect(failure(() => Engine.create().build({ ...spec(144, layer, dense(3)), image })).detail).toContain(words);
	});

	test("says that windows need an image where there is none", () => {
		const error = failure(() => Engine.create().build(spec(144, dense(64), conv(4), dense(3))));
		expect(error.detail).toBe("layer 2 (conv) has windows of 3×3, its input is 64 features");
		expect(error.fix).toContain("windows need an image, height×width×channels");
	});

	test.each([
		[spec(7), "no layers"],
		[spec(0, dense(3)), "0 features"],
		[spec(7, dense(5), dense(2.5)), "layer 2 (dense) has 2.5 units"],
		[spec(7, dense(-1), dense(2)), "layer 1 (dense) has -1 units"],
		[spec(7, dense(5), dense(1)), "layer 2 (dense), the last, has width 1"],
		[spec(1, { kind: "relu" }), "layer 1 (relu), the last, has width 1"],
		[spec(7, { kind: "dropout", rate: 1 }, dense(2)), "layer 1 (dropout) has rate 1, expected 0 or more and less than 1"],
		[spec(7, { kind: "leaky-relu", slope: Number.NaN }, dense(2)), "layer 1 (leaky-relu) has slope NaN"],
		[{ ...spec(7, dense(2)), loss: "binary-cross-entropy" }, "layer 1 (dense), the last, has width 2, expected 1 for binary cross-entropy"],
	] as const)("refuses what doesn't fit: %#", (bad, words) => {
		const error = failure(() => Engine.create().build(bad));
		expect(error.code).toBe("model/misfit");
		expect(error.message).toContain(words);
		expect(error.fix).not.toBe("");
	});
});

describe("a set that doesn't fit", () => {
	const engine = Engine.create();
	const network = engine.build(spec(4, dense(3)));
	const sgd = engine.sgd(network, { momentum: 0 });
	const load = (width: number, label: number) =>
		engine.load({ count: 1, width, features: new Float32Array(width), labels: Int32Array.of(label) });

	test("has another width: the message gives both", () => {
		const error = failure(() => engine.trainingStep(network, sgd, load(5, 0)));
		expect(error.code).toBe("model/misfit");
		expect(error.detail).toBe("layer 1 (dense) expects 4 features, the examples have 5");
	});

	test("has more classes", () => {
		const error = failure(() => network.evaluate(load(4, 3)));
		expect(error.detail).toBe("layer 1 (dense), the last, has width 3, the data have 4 classes");
		expect(error.fix).toContain("{ dense: 4 }");
	});

	test("has targets where classes are told apart, or the other way round, or too many of either", () => {
		const withTargets = (targets: number) =>
			engine.load({
				count: 1,
				width: 4,
				features: new Float32Array(4),
				labels: new Int32Array(1),
				targets: new Float32Array(targets),
			});
		const squared = engine.build({ ...spec(4, dense(3)), loss: "mean-squared-error" });
		const binary = engine.build({ ...spec(4, dense(1)), loss: "binary-cross-entropy" });
		expect(failure(() => network.evaluate(withTargets(3))).detail).toBe("softmax-cross-entropy needs classes, the data have targets");
		expect(failure(() => squared.evaluate(load(4, 2))).detail).toBe(
			"mean-squared-error needs numbers to come near to, the data have classes",
		);
		expect(failure(() => squared.evaluate(withTargets(2))).detail).toBe("layer 1 (dense), the last, has width 3, the data have 2 targets");
		expect(failure(() => binary.evaluate(load(4, 2))).detail).toBe("binary-cross-entropy tells two classes apart, the data have 3 classes");
		expect(squared.evaluate(withTargets(3)).correct).toBeNaN();
	});
});
