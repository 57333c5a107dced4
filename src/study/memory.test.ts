import { describe, expect, test } from "vitest";
import { type Curve, closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import type { FinishedTrial, TrialSpec } from "../core/trial.js";
import type { Design } from "./contracts.js";
import { tradeoffDesign } from "./designs.js";
import { frugalDesign } from "./frugal/design.js";
import { specsOf } from "./reason.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const study = closedFormStudy(128); // batch sizes 1 to 128 by powers of two

/** The whole study, where trials that don't fit run out of memory at once. */
function run(fits: (spec: TrialSpec) => boolean, design: Design = tradeoffDesign) {
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

	test.each([1, 8, 32, 128])("a small budget isn't spent beyond the size below %i either, at which the first round shows it", (limit) => {
		const { finished, states } = run(({ batchSize }) => batchSize < limit, frugalDesign);
		const tooLarge = finished.filter(({ result }) => result.outcome === "out of memory").map(({ spec }) => spec.batchSize);
		const smallest = Math.min(...tooLarge, Number.POSITIVE_INFINITY);
		for (const [size, state] of Object.entries(states)) {
			if (Number(size) >= smallest) expect(state).toBe("out of memory");
			else expect(["reached", "not tried"]).toContain(state);
		}
		// Sizes side by side may find out together; what has been found out isn't tried again.
		for (const size of new Set(tooLarge)) expect(tooLarge.filter((other) => other === size).length).toBeLessThanOrEqual(3);
		if (limit > 1) expect(Object.values(states)).toContain("reached");
	});
});
