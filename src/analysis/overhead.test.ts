import { expect, test } from "vitest";
import { overheadSize } from "./overhead.js";

test("at that size the curve's examples are 1.2 times those of the reference", () => {
	const examples = (batchSize: number) => 40 * (1 + 700 / batchSize) * batchSize; // S_min 40, B_crit 700
	for (const reference of [1, 64, 256]) {
		const { estimate, low, high } = overheadSize({ estimate: 700, low: 500, high: null }, reference);
		expect(examples(estimate ?? Number.NaN) / examples(reference)).toBeCloseTo(1.2, 12);
		expect(low).toBeCloseTo(100 + 1.2 * reference, 12);
		expect(high).toBeNull();
	}
	expect(overheadSize({ estimate: null, low: null, high: 9 }, 16)).toEqual({ estimate: null, low: null, high: null });
});
