import { expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { construct } from "./constructed.js";

test("constructed cases have the fit they are made for", () => {
	const rng = Rng.fromSeed(1);
	for (let i = 0; i < 50; i++) {
		const over = construct("over-fitted", rng.split(i));
		expect(Math.max(...over.heldOutLoss.slice(-3)) - Math.min(...over.heldOutLoss)).toBeGreaterThan(0.05);
		const under = construct("under-fitted", rng.split(i));
		const mean = (from: number, to: number) => under.trainLoss.slice(from, to).reduce((a, b) => a + b, 0) / (to - from);
		// Much is left to learn, or hardly anything was: by the construction at least 0.6·(e^(−0.75/0.35) − e^(−1/0.35)) = 0.036 between the
		// ends
		// of the last quarter.
		expect(mean(90, 100) > 0.8 || mean(70, 80) - mean(90, 100) > 0.015).toBe(true);
	}
});
