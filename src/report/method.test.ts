import { expect, test } from "vitest";
import { smallFindings, storedStudy, smallStudy as study } from "../../test/fixtures/small-findings.js";
import type { Study } from "../study/study.js";
import { methodSteps } from "./method.js";

const goalOf = (change: Partial<Study>): string => {
	const [goal] = methodSteps({ stored: { ...storedStudy, study: { ...study, ...change } }, findings: smallFindings() });
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

test("says how a small budget is spent, in place of how whole blocks are", () => {
	const titles = (trials: number | null) =>
		methodSteps({ stored: { ...storedStudy, study: { ...study, budget: { trials, seconds: null } } }, findings: smallFindings() }).map(
			({ title }) => title,
		);
	expect(titles(null).slice(1, 3)).toEqual(["Tuning", "Selecting and reporting"]);
	expect(titles(20).slice(1, 4)).toEqual(["Spending the budget", "Tuning", "Reporting"]);
});
