import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Measures } from "./measures.js";
import { bestBySingleLooks } from "./single-looks.js";

/** Three runs of a size that met the goal first at a single look, and then for good; no step was timed, so that examples alone count. */
function size(batchSize: number, first: number, step: number) {
	const runs = [0, 1, 2].map((seedIndex) => ({ seedIndex, after: step - 1, step, examples: step * batchSize, first }));
	return new Measures(Rng.fromSeed(1), null, 1.05).of(batchSize, runs);
}

test("the size that single looks would choose, where that is another than by the looks that count", () => {
	expect(bestBySingleLooks("cheapest", [size(8, 20, 100), size(16, 40, 45)])).toBe(8);
	expect(bestBySingleLooks("cheapest", [size(8, 100, 100), size(16, 45, 45)])).toBeNull();
	expect(bestBySingleLooks("cheapest", [])).toBeNull();
});
