import { describe, expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { doubtOf } from "./doubt.js";

const sizes = [8, 16, 32].map((batchSize) => ({ batchSize, prices: [0] }));
/** Four runs with this mean of log steps, whose standard deviation is `sd`. */
const runs = (batchSize: number, mean: number, sd: number) => ({
	batchSize,
	logSteps: [-1, -1, 1, 1].map((side) => mean + side * sd * Math.sqrt(3 / 4)),
});
const rng = () => Rng.fromSeed(3);

describe("the doubt about a recommendation", () => {
	test("of two sizes is the normal probability that one undercuts the other by more than the tolerance", () => {
		// log S differs by N(0.2, 2·0.4²/4): P(difference > −log 1.25) = Φ((0.2 + 0.223)/0.283) = Φ(1.496) = 0.933; 500 draws: ±0.011
		const two = [sizes[0], sizes[2]];
		const { within, best } = doubtOf(two, [runs(8, 5, 0.4), runs(32, 5.2, 0.4)], 0.25, rng());
		expect(best).toEqual([8]);
		expect(within).toBeGreaterThan(0.9);
		expect(within).toBeLessThan(0.965);
	});
	test("sees no gain where sizes lie far apart, and all of it at those that may be better", () => {
		const { gains, within } = doubtOf(sizes, [runs(8, 7, 0.1), runs(16, 6, 0.1), runs(32, 3, 0.1)], 0.25, rng());
		expect(within).toBe(1);
		expect(gains).toEqual([8, 16, 32].map((batchSize) => ({ batchSize, tried: true, gain: 0 })));
		const close = doubtOf(sizes, [runs(8, 7, 0.5), runs(16, 3, 0.5), runs(32, 3.1, 0.5)], 0.25, rng());
		expect(close.gains[0].gain).toBe(0);
		expect(close.gains[2].gain).toBeGreaterThan(0.01);
	});
	test("is of sizes that were not tried as well, as far as the tried ones let one expect them", () => {
		// S = 100 at 8 and 50 at 16: E is flat, so that 32 is expected to take 25.
		const { gains, within } = doubtOf(sizes, [runs(8, Math.log(100), 0.01), runs(16, Math.log(50), 0.01)], 0.25, rng());
		expect(within).toBeLessThan(0.1);
		expect(gains[2]).toMatchObject({ batchSize: 32, tried: false });
		expect(gains[2].gain).toBeGreaterThan(0.4); // log 2 less half the tolerance, log(1.25)/2, is 0.58; noise costs some
	});
	test("is compared with every price, each with a best size of its own", () => {
		const priced = sizes.map(({ batchSize }) => ({ batchSize, prices: [0, Math.log(batchSize)] }));
		expect(doubtOf(priced, [runs(8, 5, 0.1), runs(16, 4.8, 0.1), runs(32, 4.5, 0.1)], 0.25, rng()).best).toEqual([32, 8]);
	});
	test("believes no two runs that agree by chance", () => {
		const agreeing = [8, 32].map((batchSize) => ({ batchSize, logSteps: [5, 5] }));
		const { gains } = doubtOf([sizes[0], sizes[2]], agreeing, 0, rng());
		expect(Math.max(...gains.map(({ gain }) => gain))).toBeGreaterThan(0.02); // sd 0.1·√(2/2) of the difference: mean of its positive part 0.04
	});
});
