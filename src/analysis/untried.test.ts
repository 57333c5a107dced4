import fc from "fast-check";
import { expect, test } from "vitest";
import { stepsBetween } from "./untried.js";

const curve = (minSteps: number, critical: number) => (batchSize: number) => ({ batchSize, steps: minSteps * (1 + critical / batchSize) });

test("on a hyperbola two sizes tell all others, between them and beyond", () => {
	const at = curve(50, 30);
	for (const size of [1, 4, 7, 16, 40, 64, 1000]) expect(stepsBetween(size, [at(4), at(64)])).toBeCloseTo(at(size).steps, 9);
});

test("each stretch has the hyperbola through its own two ends", () => {
	// E: 100, 130, 400; between 10 and 40 it rises by 9 for each example.
	const tried = [
		{ batchSize: 1, steps: 100 },
		{ batchSize: 10, steps: 13 },
		{ batchSize: 40, steps: 10 },
	];
	expect(stepsBetween(20, tried)).toBeCloseTo(220 / 20, 12);
	expect(stepsBetween(10, tried)).toBeCloseTo(13, 12);
	expect(stepsBetween(80, tried)).toBeCloseTo(760 / 80, 12);
});

test("beyond the sizes tried steps never rise with the batch size, nor do examples fall, even where noise in those two says so", () => {
	fc.assert(
		fc.property(
			fc.double({ min: 1, max: 1000, noNaN: true }),
			fc.double({ min: 1, max: 1000, noNaN: true }),
			fc.constantFrom(2, 16, 100),
			(first, second, factor) => {
				const tried = [
					{ batchSize: 64, steps: first },
					{ batchSize: 128, steps: second },
				];
				const [below, above] = [stepsBetween(64 / factor, tried), stepsBetween(128 * factor, tried)];
				expect(above).toBeLessThanOrEqual(second * (1 + 1e-12));
				expect(128 * factor * above).toBeGreaterThanOrEqual(128 * second * (1 - 1e-12));
				expect((64 / factor) * below).toBeLessThanOrEqual(64 * first * (1 + 1e-12));
			},
		),
	);
});

test("a single size leaves steps halfway between its bounds: as many, and as many examples", () => {
	expect(stepsBetween(16, [{ batchSize: 4, steps: 100 }])).toBeCloseTo(50, 12); // between 100 and 25
	expect(stepsBetween(1, [{ batchSize: 4, steps: 100 }])).toBeCloseTo(200, 12); // between 100 and 400
});
