import { describe, expect, test } from "vitest";
import { type Curve, closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import type { FinishedTrial, TrialSpec } from "../core/trial.js";
import type { Design } from "./contracts.js";
import { tradeoffDesign } from "./designs.js";
import { ladderDesign } from "./ladder/design.js";
import { specsOf } from "./reason.js";
import type { Study } from "./study.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const whole = closedFormStudy(128); // batch sizes 1 to 128 by powers of two
const budgeted = { ...whole, budget: { trials: 40, seconds: null } };

/** The whole study, where trials that don't fit run out of memory at once. */
function run(fits: (spec: TrialSpec) => boolean, design: Design = tradeoffDesign, study: Study = whole) {
	const finished: FinishedTrial[] = [];
	for (;;) {
		const specs = specsOf(design.next(study, finished));
		if (specs.length === 0) break;
		for (const spec of specs) {
			const result = trainClosedForm(study, curve, spec);
			const { first: _, ...rest } = result;
			finished.push({
				spec,
				result: fits(spec) ? result : { ...rest, outcome: "out of memory", steps: 0, examples: 0, first: null, evaluations: [] },
			});
		}
	}
	const answers = design.answers(study, finished);
	return { finished, states: Object.fromEntries(answers.map(({ batchSize, state }) => [batchSize, state])) };
}

describe("memory bounds the batch size", () => {
	test("no size above one at which every trial of a round ran out of memory is tried, and the answer says so", () => {
		const { finished, states } = run(({ batchSize }) => batchSize < 32);
		expect(states).toEqual({
			1: "reached",
			2: "reached",
			4: "reached",
			8: "reached",
			16: "reached",
			32: "out of memory",
			64: "out of memory",
			128: "out of memory",
		});
		expect(finished.filter(({ spec }) => spec.batchSize > 32)).toEqual([]);
		// A single round: what has been tried once isn't tried again.
		expect(finished.filter(({ spec }) => spec.batchSize === 32).length).toBeLessThanOrEqual(3);
	});

	test("one trial that was unlucky costs its own rate only", () => {
		const { states } = run(({ batchSize, phase, seedIndex }) => batchSize !== 16 || phase !== "reporting" || seedIndex !== 0);
		expect(new Set(Object.values(states))).toEqual(new Set(["reached"]));
	});

	test("where only reporting runs don't fit, the size is out, and larger ones stand for themselves", () => {
		const { states } = run(({ batchSize, phase }) => batchSize !== 16 || phase !== "reporting");
		expect(states).toMatchObject({ 8: "reached", 16: "out of memory", 32: "reached" });
	});

	test.each([1, 8, 32, 128])("the ladder leaves sizes from %i on, at which runs don't fit, behind, and the answer says so", (limit) => {
		const { finished, states } = run(({ batchSize }) => batchSize < limit, ladderDesign, budgeted);
		const tooLarge = finished.filter(({ result }) => result.outcome === "out of memory").map(({ spec }) => spec.batchSize);
		for (const [size, state] of Object.entries(states)) {
			if (tooLarge.includes(Number(size))) expect(state).toBe("out of memory");
			else expect(["reached", "not tried", "left behind", "not reached"]).toContain(state);
		}
		// What has been found out isn't tried again.
		const keys = finished.map(({ spec }) => `${spec.batchSize}/${spec.learningRate}`);
		for (const [i, { result }] of finished.entries()) if (result.outcome === "out of memory") expect(keys.indexOf(keys[i])).toBe(i);
		if (limit > 8) expect(Object.values(states)).toContain("reached");
	});
});
