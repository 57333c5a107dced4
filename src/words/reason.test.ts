import { expect, test } from "vitest";
import { type Curve, closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import type { FinishedTrial } from "../core/trial.js";
import { designOf } from "../study/designs.js";
import type { Asked, Reason } from "../study/reason.js";
import type { Study } from "../study/study.js";
import { reasonSentence } from "./reason.js";

const spec: Asked["spec"] = {
	phase: "reporting",
	batchSize: 8,
	learningRate: 0.25,
	seedIndex: 2,
	seed: 1,
	cap: 100,
	until: "goal",
	curves: true,
	probe: false,
};

test.each<[Reason, string]>([
	[{ kind: "tuning", rate: "neighbour above" }, "Tuning: above the best rate so far."],
	[{ kind: "tuning", rate: "spread" }, "Tuning: one of a few rates spread over the range."],
	[{ kind: "tuning", rate: "climb" }, "Tuning: next to the rate that came closest to the goal."],
	[{ kind: "selecting", rate: "tuned" }, "Selecting: the tuned rate, on fresh seeds."],
	[{ kind: "reporting" }, "Reporting: run 3 of the selected rate, on a seed that chose nothing."],
	[
		{ kind: "replacement", of: 0.5 },
		"Reporting: the runs at rate 0.5 mostly missed the goal or took much longer than in tuning; this rate takes its place.",
	],
	[{ kind: "doubt" }, "Reporting: run 3, since the recommendation depends on this batch size."],
	[{ kind: "granted" }, "Reporting: run 3, one of those granted to decide the study."],
	[{ kind: "comparison", comparison: "epochs", rate: "start" }, "Equal epochs: the best rate is expected here."],
	[{ kind: "comparison", comparison: "steps", rate: "reported" }, "Equal steps: run 3 of the best rate, on a seed that chose nothing."],
])("%j", (reason, sentence) => {
	expect(reasonSentence({ spec, reason })).toBe(sentence);
});

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };

/** How often each reason was given for the trials of a study, each of which is asked for once. */
function reasonsOf(study: Study, before: readonly FinishedTrial[] = [], extensions: { batchSize: number | null; trials: number }[] = []) {
	const design = designOf(study);
	const finished = [...before];
	const counts: Record<string, number> = {};
	for (;;) {
		const [asked] = design.next(study, finished, { extensions, calibration: null });
		if (!asked) return { counts, finished };
		const sentence = reasonSentence(asked).replace(/run \d+/, "run N");
		counts[sentence] = (counts[sentence] ?? 0) + 1;
		finished.push({ spec: asked.spec, result: trainClosedForm(study, curve, asked.spec) });
	}
}

test("every trial of a whole study has its reason", () => {
	const study = closedFormStudy(64, { batchSizes: [8, 32] });
	const { counts, finished } = reasonsOf(study);
	expect(counts).toEqual({
		"Tuning: one of a few rates spread over the range.": 22,
		"Tuning: further seeds of a rate whose first was promising.": 3,
		"Tuning: above the best rate so far.": 7,
		"Tuning: below the best rate so far.": 8,
		"Tuning: the best rate is expected here.": 1,
		"Selecting: the tuned rate, on fresh seeds.": 8,
		"Selecting: next to the tuned rate, on fresh seeds.": 12,
		"Reporting: run N of the selected rate, on a seed that chose nothing.": 14,
	});
	expect(reasonsOf(study, finished, [{ batchSize: 8, trials: 3 }]).counts).toEqual({
		"Reporting: run N, one of those granted to decide the study.": 3,
	});
});

test("and of a study on a small budget, which climbs", () => {
	const { counts } = reasonsOf(closedFormStudy(1000, { budget: { trials: 40, seconds: null } }));
	for (const sentence of [
		"Ladder: one of a few rates spread over the range, for a few steps.",
		"Ladder: next to the leader, as far as that has come.",
		"Ladder: another seed of a setting that may be the best.",
		"Reporting: run N of the selected rate, on a seed that chose nothing.",
		"Reporting: run N, since the recommendation depends on this batch size.",
	])
		expect(counts[sentence]).toBeGreaterThan(0);
});

test("and those of other settings and of comparisons at equal budgets", () => {
	const tune = { learningRate: { from: 0.001, to: 10 }, momentum: [0.9, 0] };
	const comparisons = { epochs: 20, steps: 160, seconds: null };
	expect(reasonsOf(closedFormStudy(64, { batchSizes: [8], tune, comparisons })).counts).toMatchObject({
		"Tuning: another setting, at the rate where it may beat the best one.": 1,
		"Tuning: a lower rate, since the one expected to be best failed.": 3,
		"Tuning: next to the rate that came closest to the goal.": 3,
		"Equal epochs: run N of the best rate, on a seed that chose nothing.": 7,
		"Equal steps: run N of the best rate, on a seed that chose nothing.": 7,
	});
});
