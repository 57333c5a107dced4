import { expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { viewWith } from "../../test/fixtures/view.js";
import type { StudyView } from "../words/view.js";
import { expectedPrice } from "./expected-price.js";
import { studyHead } from "./study-head.js";

const view = viewWith(exampleStudy("found"));
const growing = (secondsLeft: number | null, budget: Partial<StudyView["stored"]["study"]["budget"]> = {}): StudyView => ({
	...view,
	stored: { ...view.stored, state: "running", study: { ...view.stored.study, budget: { ...view.stored.study.budget, ...budget } } },
	findings: { ...view.findings, cost: { ...view.findings.cost, trainings: 30 } },
	progress: { ...view.progress, secondsLeft },
});

test("what is left costs as much for each second as what is done; a budget is spent, or was already", () => {
	expect(expectedPrice(growing(50), 100)).toBeCloseTo(45, 10);
	expect(expectedPrice(growing(50, { trainings: 40 }), 100)).toBe(40);
	expect(expectedPrice(growing(50, { trainings: 20 }), 100)).toBe(30);
});

test("nothing is expected of a study that is complete, has no answer yet, or nothing to judge by", () => {
	const running = growing(50);
	expect(expectedPrice({ ...running, stored: { ...running.stored, state: "complete" } }, 100)).toBeNull();
	const { cost } = running.findings;
	expect(expectedPrice({ ...running, findings: { ...running.findings, cost: { ...cost, trainings: null } } }, 100)).toBeNull();
	expect(expectedPrice(growing(null), 100)).toBeNull();
	expect(expectedPrice(growing(50), 0)).toBeNull();
});

test("a study's page has the price so far and the one to expect", () => {
	const { stored } = growing(50);
	const text = (expectedTrainings: number | null) => studyHead(stored, null, { trainings: 8, expectedTrainings }, "Answer").text;
	expect(text(22)).toContain("price 8 of about 22 trainings");
	expect(text(null)).not.toContain("price");
	expect(text(8.01)).toContain("price 8 trainings");
});
