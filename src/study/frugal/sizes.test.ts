import { describe, expect, test } from "vitest";
import type { NoiseProbe } from "../../core/trial.js";
import { nearestTo } from "../nearest-size.js";
import { noiseScaleAlong, suggestedSizes } from "./sizes.js";

const batchSizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];

/** Two groups of one example, of infinitely many: |G_n|² = (own + across)/2, tr(Σ) = own − across, |G|² = across. */
const probe = (own: number, across: number): NoiseProbe => ({
	step: 1,
	groupSize: 1,
	squaredNormSums: [own, own],
	gram: [own, across, across, own],
});

describe("the noise scale along a run", () => {
	const along = (...probes: NoiseProbe[]) => noiseScaleAlong([{ probes }], Number.POSITIVE_INFINITY);
	test("is the median of tr(Σ)/|G|² over its probes", () => {
		expect(along(probe(5, 1), probe(13, 1), probe(3, 1))).toBeCloseTo(4, 12);
		expect(along(probe(9, 2))).toBeCloseTo(3.5, 12);
	});
	test("counts a gradient lost in its noise as more noise than any, and is unknown where half are", () => {
		expect(along(probe(5, 1), probe(5, -1), probe(3, 1))).toBeCloseTo(4, 12);
		expect(along(probe(5, 1), probe(5, -1))).toBeNull();
		expect(along()).toBeNull();
	});
	test("takes a script's gradient norms at two batch sizes", () => {
		// (|G_s|² − |G_b|²)/(1/4 − 1/16) = 16, |G|² = 3 − 16/16
		const norms = { step: 1, small: { batch: 4, squaredNorm: 6 }, big: { batch: 16, squaredNorm: 3 } };
		expect(noiseScaleAlong([{ probes: [], gradientNorms: [norms] }], Number.POSITIVE_INFINITY)).toBeCloseTo(8, 12);
	});
});

test("the nearest size is the nearest in ratio", () => {
	expect(nearestTo(6, [4, 8])).toBe(8);
	expect(nearestTo(5, [4, 8])).toBe(4);
	expect(nearestTo(2000, [4, 8])).toBe(8);
});

describe("suggested sizes", () => {
	const suggestedAfter = (noiseScale: number | null, first = 32) => suggestedSizes({ batchSizes }, first, noiseScale);
	test("are both neighbours where the first is a quarter of the noise scale, or nothing is known", () => {
		expect([...suggestedAfter(128)].sort((a, b) => a - b)).toEqual([8, 128]);
		expect([...suggestedAfter(null)].sort((a, b) => a - b)).toEqual([8, 128]);
	});
	test("are the size at a quarter of it and the one next to it", () => {
		expect(suggestedAfter(32)).toEqual([8, 2]); // with the first on its other side
		expect(suggestedAfter(8)).toEqual([2, 8]);
		expect(suggestedAfter(512)).toEqual([128, 512]);
	});
	test("are among the study's own", () => {
		expect(suggestedAfter(0.1)).toEqual([1, 4]);
		expect(suggestedAfter(1e9)).toEqual([1000, 256]);
		expect(suggestedSizes({ batchSizes: [16, 32] }, 32, 1000)).toEqual([16]);
		expect(suggestedSizes({ batchSizes: [32] }, 32, null)).toEqual([]);
	});
});
