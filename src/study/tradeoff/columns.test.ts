import fc from "fast-check";
import { expect, test } from "vitest";
import { type Curve, closedFormStudy, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import type { FinishedTrial } from "../../core/trial.js";
import { tradeoffDesign } from "../designs.js";
import { specsOf } from "../reason.js";
import { columns } from "./columns.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const study = closedFormStudy(32);

const all: readonly FinishedTrial[] = (() => {
	const finished: FinishedTrial[] = [];
	for (;;) {
		const specs = specsOf(tradeoffDesign.next(study, finished));
		if (specs.length === 0) return finished;
		for (const spec of specs) finished.push({ spec, result: trainClosedForm(study, curve, spec) });
	}
})();

test("asked again with more trials, fewer, others or in another order, it answers as if asked for the first time", () => {
	const subset = fc.oneof(
		fc.integer({ min: 0, max: all.length }).map((count) => all.slice(0, count)),
		fc.shuffledSubarray([...all]),
		fc.integer({ min: 0, max: all.length - 1 }).map((gone) => all.filter((_, i) => i !== gone)),
		fc
			.integer({ min: 0, max: all.length - 1 })
			.map((place) =>
				all.map((trial, i) => (i === place ? { ...trial, result: { ...trial.result, outcome: "cancelled" as const } } : trial)),
			),
	);
	fc.assert(
		fc.property(fc.array(subset, { minLength: 2, maxLength: 5 }), (calls) => {
			for (const finished of calls) expect(columns(study, finished)).toEqual(columns({ ...study }, finished));
		}),
		{ numRuns: 60, seed: 1 },
	);
});

test("what it has answered doesn't change with the next answer", () => {
	const early = columns(study, all.slice(0, 10));
	const copy = structuredClone(early);
	columns(study, all);
	expect(early).toEqual(copy);
});
