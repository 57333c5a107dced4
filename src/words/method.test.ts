import { expect, test } from "vitest";
import { row, smallFindings, storedStudy, smallStudy as study } from "../../test/fixtures/small-findings.js";
import type { Study } from "../study/study.js";
import { methodSteps } from "./method.js";

const goalOf = (change: Partial<Study>): string => {
	const [goal] = methodSteps({ ...storedStudy, study: { ...study, ...change } }, smallFindings());
	return goal.text;
};

test("says on how many examples a look is taken, where it isn't on all, and how often", () => {
	const data = { ...study.data, validation: 12_000 };
	expect(goalOf({ data, looks: { ratio: 1.1, examples: 1024 } })).toContain(
		"measured on 1,024 of the 12,000 validation (held-out) examples (drawn once, the same for every run) after steps 1, 2, 3, … and from there on about every 10 % more steps",
	);
	expect(goalOf({ data, looks: { ratio: 1, examples: 12_000 } })).toContain(
		"measured on the validation (held-out) examples after every step",
	);
});

test("of a trainer that reports in its own time, says what was looked at in fact", () => {
	const workload = { trainer: "/home/me/trainer.mjs", examples: 1078 };
	const text = (after: number, step: number) => {
		const runs = Array.from({ length: 7 }, (_, seedIndex) => ({ seedIndex, after, step, examples: 32 * step, first: step }));
		const tradeoff = [{ ...row(32, 0.35, step, 1e-4), runs }];
		return methodSteps({ ...storedStudy, study: { ...study, workload } }, smallFindings({ tradeoff }))[0].text;
	};
	expect(text(100, 105)).toContain("It reported often enough, so no batch size is measured more often.");
	expect(text(102, 136)).toContain("It reported once an epoch, every 34 steps at batch size 32: S is known no better than that");
	expect(text(100, 150)).toContain("It reported less often, every 50 steps at batch size 32");
	for (const steps of [text(100, 105), text(102, 136)]) expect(steps).not.toContain("at the same steps for every batch size");
});

test("says how a small budget is spent, in place of how whole blocks are", () => {
	const titles = (trials: number | null) =>
		methodSteps({ ...storedStudy, study: { ...study, budget: { trials, seconds: null } } }, smallFindings()).map(({ title }) => title);
	expect(titles(null).slice(1, 3)).toEqual(["Tuning", "Selecting and reporting"]);
	expect(titles(20).slice(1, 4)).toEqual(["The ladder", "Comparing runs", "Further seeds"]);
});
