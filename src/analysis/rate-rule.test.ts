import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { rateRule } from "./rate-rule.js";

const sizes = [4, 8, 16, 32, 64, 128, 256];
const following = (exponent: number) => sizes.map((batchSize) => ({ batchSize, learningRate: 0.01 * batchSize ** exponent }));

test.each([
	[0, "none"],
	[0.5, "square root"],
	[1, "linear"],
] as const)("rates that grow as B to the power %d follow that rule and no other", (exponent, name) => {
	const rule = rateRule(following(exponent));
	expect(rule?.exponent.estimate).toBeCloseTo(exponent, 12);
	expect(rule?.fits).toEqual([name]);
});

test("on an exact line the interval is that of the grid: t(5)·(½/√12)/√Σ(x − x̄)²", () => {
	// x = 2 … 8: Σ(x − 5)² = 28; t(0.975; 5) = 2.5706.
	const { low, high } = rateRule(following(0.5))?.exponent ?? {};
	expect((high ?? 0) - (low ?? 0)).toBeCloseTo((2 * 2.5706 * (0.5 / Math.sqrt(12))) / Math.sqrt(28), 4);
});

test("where rates scatter, the interval holds the truth in 95 % of studies", () => {
	const rng = Rng.fromSeed(1);
	const studies = 2000;
	let held = 0;
	for (let i = 0; i < studies; i++) {
		const { low, high } =
			rateRule(following(0.5).map((one) => ({ ...one, learningRate: one.learningRate * 2 ** (0.5 * rng.normal()) })))?.exponent ?? {};
		if ((low ?? 1) <= 0.5 && (high ?? 0) >= 0.5) held++;
	}
	// Binomial: 0.95 ± 4·√(0.95·0.05/2000).
	expect(Math.abs(held / studies - 0.95)).toBeLessThan(0.02);
});

test("two sizes make a line without an interval: no rule", () => {
	expect(rateRule(following(0.5).slice(0, 2))).toBeNull();
});
