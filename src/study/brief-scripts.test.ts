import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, trainBriefly } from "../../test/fixtures/closed-form.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { halfOctaveAbove } from "../core/rates.js";

/** The goal takes 20 to 40 steps from batch size 8 on, at the best rate, 0.18 to 0.35; the script trains for 60. */
const curve: Curve = { minSteps: 20, critical: 8, bestAtOne: -8, noise: 0.1 };
const lastStep = 60;

/** A study whose range of rates ends well below those that reach the goal in time: from its upper end the search has to climb on. */
const study = closedFormStudy(256, {
	tune: { learningRate: { from: 0.0001, to: 0.03 } },
	limits: { epochs: 100, steps: 5000, seconds: null },
});

describe("a script that ends by itself long before its limit", () => {
	test.each([
		["whole", null, "tuning", 3],
		["small-budget", 40, "ladder", 1],
	])("is followed towards the rates that come closer to the goal, in a %s study", async (_, trials, phase, sizes) => {
		const asked = { ...study, budget: { trials, seconds: null } };
		const { findings, trials: run } = await runWhole(asked, (spec) => trainBriefly(asked, curve, spec, lastStep));
		const stopped = run.filter(({ spec, result }) => spec.phase === phase && result.outcome === "stopped");
		expect(stopped.length).toBeGreaterThan(5);
		const reached = findings.tradeoff.filter(({ outcome }) => outcome === "reached");
		expect(reached.length).toBeGreaterThanOrEqual(sizes);
		for (const { batchSize, learningRate } of reached)
			expect(Math.abs(halfOctaveAbove(learningRate ?? 0) - bestRate(curve, batchSize))).toBeLessThanOrEqual(1);
	});

	test("is run once at each rate: a larger cap would give it no more steps", async () => {
		const asked = { ...study, batchSizes: [64] };
		const { trials } = await runWhole(asked, (spec) => trainBriefly(asked, { ...curve, minSteps: 500 }, spec, lastStep));
		const stopped = trials.filter(({ result }) => result.outcome === "stopped");
		expect(stopped.length).toBeGreaterThan(5);
		expect(new Set(stopped.map(({ spec }) => `${spec.learningRate}/${spec.seed}`)).size).toBe(stopped.length);
	});
});
