import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";
import { drawWeights } from "./init.js";

describe("drawWeights", () => {
	test.each([
		["he-normal", 2 / 40, 3],
		["he-uniform", 2 / 40, 9 / 5],
		["glorot-normal", 2 / 100, 3],
		["glorot-uniform", 2 / 100, 9 / 5],
	] as const)("%s: variance %f, kurtosis %f", (init, variance, kurtosis) => {
		const weights = new Float32Array(200_000);
		drawWeights(weights, 40, 60, init, Rng.fromSeed(1));
		const moment = (power: number) => weights.reduce((sum, w) => sum + w ** power, 0) / weights.length;
		// Five standard errors of the mean, variance and fourth moment of 200,000 draws (the normal's fourth moment has relative variance
		// 32/3).
		expect(Math.abs(moment(1)) / Math.sqrt(variance)).toBeLessThan(5 / Math.sqrt(200_000));
		expect(Math.abs(moment(2) / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 200_000));
		expect(Math.abs(moment(4) / variance ** 2 / kurtosis - 1)).toBeLessThan(5 * Math.sqrt(11 / 200_000));
		if (init.endsWith("uniform"))
			expect(weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0)).toBeLessThanOrEqual(Math.fround(Math.sqrt(3 * variance)));
	});
});

test("each layer draws from a generator of its own, named by its place; biases are zero; a layer's init overrides the network's", () => {
	const network = Engine.create().build({
		inputs: 3,
		layers: [{ kind: "dense", units: 4 }, { kind: "relu" }, { kind: "dense", units: 2, init: "glorot-uniform" }],
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction: "mean",
	});
	network.parameters.fill(5);
	network.initialize(Rng.fromSeed(9));
	const first = new Float32Array(12);
	const second = new Float32Array(8);
	drawWeights(first, 3, 4, "he-normal", Rng.fromSeed(9).split(0));
	drawWeights(second, 4, 2, "glorot-uniform", Rng.fromSeed(9).split(2));
	expect([...network.parameters]).toEqual([...first, 0, 0, 0, 0, ...second, 0, 0]);
});
