import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { efficiencyOf, goodputOf } from "./efficiency.js";

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const unknown = { estimate: null, low: null, high: null };

describe("efficiencyOf", () => {
	test("is a half at the critical batch size", () => {
		expect(efficiencyOf(40, { estimate: 40, low: 20, high: 120 })).toEqual({ estimate: 0.5, low: 1 / 3, high: 0.75 });
	});

	test("has 1 as its upper end where B_crit has no bound, an open lower end where B_crit may be 0, nothing where nothing is known", () => {
		expect(efficiencyOf(10, { estimate: null, low: 10, high: null })).toEqual({ estimate: null, low: 0.5, high: 1 });
		expect(efficiencyOf(10, { estimate: null, low: null, high: 10 })).toEqual({ estimate: null, low: null, high: 0.5 });
		expect(efficiencyOf(10, unknown)).toEqual(unknown);
	});

	test("lies in (0, 1], falls with the batch size, rises with B_crit", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), positive, (batchSize, critical) => {
				const share = efficiencyOf(batchSize, { estimate: critical, low: critical / 2, high: critical * 2 });
				expect(share.low).toBeGreaterThan(0);
				expect(share.high).toBeLessThanOrEqual(1);
				expect(share.low).toBeLessThanOrEqual(share.estimate ?? 0);
				expect(share.high).toBeGreaterThanOrEqual(share.estimate ?? 2);
				expect(efficiencyOf(batchSize + 1, { estimate: critical, low: null, high: critical }).estimate).toBeLessThanOrEqual(
					share.estimate ?? 0,
				);
			}),
		);
	});
});

describe("goodputOf", () => {
	test("is throughput times efficiency, within its interval", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e5 }), positive, positive, (batchSize, seconds, critical) => {
				const efficiency = efficiencyOf(batchSize, { estimate: critical, low: 0.8 * critical, high: 1.3 * critical });
				const goodput = goodputOf(batchSize, { median: seconds, low: 0.9 * seconds, high: 1.2 * seconds }, efficiency);
				expect((goodput.estimate ?? 0) / ((batchSize / seconds) * (efficiency.estimate ?? 0))).toBeCloseTo(1, 12);
				expect(goodput.low).toBeLessThan(goodput.estimate ?? 0);
				expect(goodput.high).toBeGreaterThan(goodput.estimate ?? 0);
			}),
		);
	});

	test("adds both errors as squares on the log scale: with an exact efficiency the clock's alone is left", () => {
		const goodput = goodputOf(10, { median: 0.1, low: 0.08, high: 0.125 }, { estimate: 0.5, low: 0.5, high: 0.5 });
		expect(goodput.low).toBeCloseTo(40, 9);
		expect(goodput.high).toBeCloseTo(62.5, 9);
	});

	test("is unknown without a clock, and open where the efficiency is", () => {
		expect(goodputOf(10, { median: null, low: null, high: null }, { estimate: 0.5, low: 0.4, high: 0.6 })).toEqual(unknown);
		expect(goodputOf(10, { median: 0.1, low: 0.08, high: 0.125 }, { estimate: 0.5, low: null, high: 0.6 }).low).toBeNull();
	});
});
