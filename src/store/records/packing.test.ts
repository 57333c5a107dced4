import { expect, test } from "vitest";
import { packEvaluations, packNumbers, packProbes, unpackEvaluations, unpackNumbers, unpackProbes } from "./packing.js";

test("numbers: float64, little-endian, every bit", () => {
	expect([...packNumbers([1, -2])]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0]); // IEEE 754: 0x3ff0…, 0xc000…
	const numbers = [0, -0, 0.1, 5e-324, Number.MAX_VALUE, -Infinity];
	expect(unpackNumbers(packNumbers(numbers))).toEqual(numbers);
	expect(unpackNumbers(packNumbers(numbers).subarray(16))).toEqual(numbers.slice(2)); // a view that doesn't begin where its buffer does
});

test("evaluations: column by column, NaN where a look has no such metric", () => {
	const evaluations = [
		{ step: 1, examples: 32, metrics: { "train.loss": 0.5 } },
		{ step: 3, examples: 96, metrics: { "validation.accuracy": 0.25, "train.loss": 0.75 } },
	];
	const packed = packEvaluations(evaluations);
	expect(packed.metrics).toBe("train.loss,validation.accuracy");
	expect(unpackNumbers(packed.data)).toEqual([1, 3, 32, 96, 0.5, 0.75, Number.NaN, 0.25]);
	expect(unpackEvaluations(packed)).toEqual(evaluations);
});

test("what is recorded stands behind the metrics, and comes back apart from them", () => {
	const evaluations = [
		{ step: 1, examples: 32, metrics: { "train.loss": 0.5 } },
		{ step: 3, examples: 96, metrics: { "train.loss": 0.75 }, recorded: { distance: 2, "distance.1": 1 } },
	];
	const packed = packEvaluations(evaluations);
	expect(packed.metrics).toBe("train.loss,distance,distance.1");
	expect(unpackEvaluations(packed)).toEqual(evaluations);
});

test("looks without any metric are looks", () => {
	const evaluations = [{ step: 1, examples: 32, metrics: {} }];
	expect(unpackEvaluations(packEvaluations(evaluations))).toEqual(evaluations);
});

test("probes of different numbers of groups stand one behind the other", () => {
	const probes = [
		{ step: 0, groupSize: 8, squaredNormSums: [1, 2], gram: [3, 4, 4, 5] },
		{ step: 9, groupSize: 16, squaredNormSums: [6], gram: [7] },
		{ step: 12, groupSize: 16, squaredNormSums: [], gram: [1, 2, 2, 4] },
	];
	expect(unpackNumbers(packProbes(probes))).toEqual([0, 8, 2, 1, 2, 3, 4, 4, 5, 9, 16, 1, 6, 7, 12, 16, -2, 1, 2, 2, 4]);
	expect(unpackProbes(packProbes(probes))).toEqual(probes);
	expect(() => packProbes([{ ...probes[0], gram: [1] }])).toThrow("internal: 2 groups have 4 inner products, got 1");
});
