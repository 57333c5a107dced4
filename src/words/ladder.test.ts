import { expect, test } from "vitest";
import { smallFindings } from "../../test/fixtures/small-findings.js";
import type { LadderArm } from "../core/ladder.js";
import { ladderSentences } from "./ladder.js";

const arm = (batchSize: number, state: LadderArm["state"], times: number, runs = 1): LadderArm => ({
	batchSize,
	learningRate: 0.25,
	state,
	times,
	steps: 100,
	runs,
	examples: 100 * batchSize,
	looks: [],
});

const sentences = (trainings: number, verdict: "found" | "undecided", withinTolerance: number | null, train = 1087) => {
	const { recommendation } = smallFindings();
	const findings = smallFindings({
		ladder: [arm(recommendation.batchSize ?? 0, "won", 1, 4), arm(4, "behind", 2)],
		recommendation: { ...recommendation, verdict, withinTolerance, indistinguishable: [recommendation.batchSize ?? 0] },
	});
	return ladderSentences(findings, { budget: { trials: null, seconds: null, trainings }, tolerance: 0.25, data: { train } });
};

test("a ladder's answer says how sure it is, and how good answers were that were as sure", () => {
	const [, sure, record] = sentences(40, "found", 0.973);
	expect(sure).toBe("By all runs to the goal it is 97 % likely to cost at most 25 % more than the best setting.");
	expect(record).toMatch(/^Of 141 answers for 40 trainings that were as sure, .* 130 were within 25 %/);
});

test("a best guess says what would settle it, and has the record of all such answers", () => {
	const [, sure, record] = sentences(20, "undecided", 0.9499);
	expect(sure).toContain("94 % likely to cost at most 25 % more than the best setting; 95 % would settle it.");
	expect(record).toMatch(/^Of 320 such answers for 20 trainings/);
});

test("the record is that of data sets of about its size", () => {
	const record = (train: number) => sentences(5, "undecided", null, train).at(-1);
	expect(record(1_000)).toMatch(/^Of 320 such answers for a small budget, on data sets of mostly up to 20,000 examples/);
	expect(record(50_000)).toMatch(/^Of 560 such answers for a small budget, on data sets of 40,000 examples .* 449 were within 25 %/);
});

test("where the chance isn't known, nothing is said of it", () => {
	expect(sentences(40, "undecided", null)).toHaveLength(2);
});
