import { describe, expect, test } from "vitest";
import { missedRow, nothingReached, recommendation, smallFindings, smallStudy, storedStudy } from "../../test/fixtures/small-findings.js";
import type { Failure, Recommendation } from "../analysis/findings.js";
import { alikeSentence, answerSentence, neighbourSentences, nextSteps } from "./answer.js";
import { listed } from "./listed.js";

const unknown = { median: null, low: null, high: null };
const missedRate = { phase: "tuning", learningRate: 1, medianSteps: null, state: "missed", runs: 1, longest: 100 } as const;
const answer = (changes: Partial<Recommendation>, bestSeen: Parameters<typeof answerSentence>[2] = null) =>
	answerSentence(smallFindings({ recommendation: { ...recommendation, ...changes } }), smallStudy, bestSeen);

describe("answerSentence", () => {
	test("found", () => {
		expect(answer({})).toBe(
			"Train with batch size 32 and learning rate 0.35: it reaches a validation accuracy of at least 0.95 " +
				"in 180 [165–200] steps, 5,800 [5,300–6,400] examples, 4.1 ms [3.9–4.4] of training.",
		);
	});

	test("found, where no seconds were calibrated", () => {
		expect(answer({ seconds: unknown })).toBe(
			"Train with batch size 32 and learning rate 0.35: it reaches a validation accuracy of at least 0.95 " +
				"in 180 [165–200] steps, 5,800 [5,300–6,400] examples.",
		);
	});

	test("undecided: the sizes, how sure, and the best guess", () => {
		expect(answer({ verdict: "undecided", indistinguishable: [16, 32, 64], withinTolerance: 0.84 })).toBe(
			"Cannot tell yet which batch size is within 25 % of the best: 16, 32 and 64 cannot be told apart. " +
				"In 84 % of resamples of the runs, batch size 32 is within 25 % of the best; 95 % would settle it. " +
				"Best guess: train with batch size 32 and learning rate 0.35; it reaches a validation accuracy of at least 0.95 " +
				"in 180 [165–200] steps, 5,800 [5,300–6,400] examples, 4.1 ms [3.9–4.4] of training.",
		);
	});

	test("undecided by a hair: what falls short of 95 % doesn't read as if it were enough", () => {
		expect(answer({ verdict: "undecided", indistinguishable: [16, 32], withinTolerance: 0.9495 })).toContain(
			"In 94 % of resamples of the runs, batch size 32 is within 25 % of the best; 95 % would settle it.",
		);
	});

	test("undecided, with one size in sight", () => {
		expect(answer({ verdict: "undecided", indistinguishable: [32], withinTolerance: null, steps: unknown, seconds: unknown })).toBe(
			"Cannot tell yet which batch size is within 25 % of the best. " +
				"Best guess: train with batch size 32 and learning rate 0.35; it reaches a validation accuracy of at least 0.95 " +
				"in 5,800 [5,300–6,400] examples.",
		);
	});

	test("undecided, with too few sizes tried for a share of resamples", () => {
		expect(answer({ verdict: "undecided", indistinguishable: [32], withinTolerance: null, untried: [16] })).toMatch(
			/^Cannot tell yet which batch size is within 25 % of the best\. Too few batch sizes were tried to tell\. Best guess: train with batch size 32 /,
		);
	});

	test("nothing reported yet", () => {
		const nothingYet = "Cannot tell yet: no batch size has reached a validation accuracy of at least 0.95 in a reporting run so far.";
		expect(answer({ ...nothingReached, verdict: "undecided" })).toBe(nothingYet);
		expect(answer({ ...nothingReached, verdict: "undecided" }, { value: 0.9, batchSize: 64, learningRate: 0.5, step: 47 })).toBe(
			`${nothingYet} The best validation accuracy seen was 0.9, at step 47 with batch size 64 and learning rate 0.5.`,
		);
		expect(answer({ ...nothingReached, verdict: "undecided" }, { value: 0.96, batchSize: 64, learningRate: 0.5, step: 47 })).toBe(
			`${nothingYet} A guess that nothing confirms yet: train with batch size 64 and learning rate 0.5, which came to 0.96 at step 47 of a single run.`,
		);
	});

	test("not reached: the best that was seen", () => {
		expect(answer(nothingReached, { value: 0.93680297, batchSize: 64, learningRate: 0.5, step: 1200 })).toBe(
			"No batch size reached a validation accuracy of at least 0.95. " +
				"The best validation accuracy seen was 0.9368, at step 1,200 with batch size 64 and learning rate 0.5.",
		);
		expect(answer(nothingReached)).toBe("No batch size reached a validation accuracy of at least 0.95.");
		const tradeoff = [{ ...missedRow(32), rates: [missedRate] }, missedRow(64)];
		expect(answerSentence(smallFindings({ recommendation: { ...nothingReached, untried: [64] }, tradeoff }), smallStudy, null)).toBe(
			"No batch size that was tried (32) reached a validation accuracy of at least 0.95.",
		);
	});
});

test("where every trial failed, that is the answer, and mending it the next step, whatever the verdict", () => {
	const how = 'validation.accuracy is "32.9 %", expected a share from 0 to 1';
	const findings = (failure: Failure, verdict: Recommendation["verdict"] = "undecided") =>
		smallFindings({ recommendation: { ...nothingReached, verdict, untried: [64] }, failure });
	const sentence = (failure: Failure) => answerSentence(findings(failure), smallStudy, null);
	expect(sentence({ trials: 40, alike: 40, how })).toBe(`All 40 trials failed: ${how}.`);
	expect(sentence({ trials: 40, alike: 30, how: "exit code 1: it broke." })).toBe(
		"All 40 trials failed, 30 of them so: exit code 1: it broke.",
	);
	expect(sentence({ trials: 1, alike: 1, how })).toBe(`The only trial failed: ${how}.`);
	for (const verdict of ["undecided", "not reached"] as const)
		expect(nextSteps(findings({ trials: 40, alike: 40, how }, verdict), storedStudy)).toEqual([
			"Mend it, and run the study again; with --fresh where none of the files that the study names has changed.",
		]);
});

describe("neighbourSentences", () => {
	test("what the next size down and up would cost", () => {
		expect(neighbourSentences(smallFindings())).toEqual([
			"Batch size 16 would take 15 % [5–25 %] more time and 8 % [4–13 %] fewer examples.",
			"Batch size 64 would take about as much time (3 % less to 8 % more) and 40 % [30–50 %] more examples.",
		]);
	});

	test("leaves out what isn't known", () => {
		const none = { estimate: null, low: null, high: null };
		const known = { estimate: 2.4, low: 2.1, high: 2.8 };
		const neighbours = [
			{ batchSize: 16, seconds: none, examples: none, steps: none },
			{ batchSize: 64, seconds: none, examples: known, steps: none },
		];
		expect(neighbourSentences(smallFindings({ recommendation: { ...recommendation, neighbours } }))).toEqual([
			"Batch size 64 would take 2.4 [2.1–2.8] times as many examples.",
		]);
	});
});

test("alikeSentence: how an answer can be found, and others be as good", () => {
	const sentence = (changes: Partial<Recommendation>) =>
		alikeSentence(smallFindings({ recommendation: { ...recommendation, ...changes } }), smallStudy);
	expect(sentence({})).toBe(
		"Batch size 16 cannot be told apart from it, and may be a little better: " +
			"found means that batch size 32 is within 25 % of the best, as it is in 98 % of resamples of the runs.",
	);
	expect(sentence({ indistinguishable: [16, 32, 64] })).toMatch(/^Batch sizes 16 and 64 cannot/);
	expect(sentence({ indistinguishable: [32] })).toBeNull();
	expect(sentence({ verdict: "undecided" })).toBeNull();
});

describe("nextSteps", () => {
	const stored = { ...storedStudy, id: "digits-3f9a" };
	const steps = (changes: Partial<Recommendation>, batchSizes = smallStudy.batchSizes) =>
		nextSteps(smallFindings({ recommendation: { ...recommendation, ...changes } }), { ...stored, study: { ...smallStudy, batchSizes } });

	test("nothing is left to do", () => {
		expect(steps({})).toEqual([]);
	});

	test("runs that would decide", () => {
		const next = [
			{ batchSize: 16, learningRate: 0.25, runs: 8 },
			{ batchSize: 32, learningRate: 2 ** -1.5, runs: 12 },
			{ batchSize: 64, learningRate: 0.5, runs: 8 },
		];
		expect(steps({ verdict: "undecided", next })).toEqual([
			"Run the reporting runs that would decide, 8 more at each of the batch sizes 16 and 64 " +
				"and 12 more at batch size 32: sweetspot tune --continue digits-3f9a",
		]);
		expect(steps({ verdict: "undecided" })).toEqual(["Run more reporting runs: sweetspot tune --continue digits-3f9a"]);
	});

	test("sizes that a small budget left out, and the trials that would try them", () => {
		expect(steps({ verdict: "undecided", untried: [64] })).toEqual([
			"Batch size 64 was not tried, and may be better. About 10 more trials would try it: sweetspot tune --continue digits-3f9a --budget 10",
		]);
		const next = [{ batchSize: 16, learningRate: 0.25, runs: 8 }];
		expect(steps({ verdict: "undecided", untried: [1, 64], next })).toEqual([
			"Batch sizes 1 and 64 were not tried, and one of them may be better. About 20 more trials would try them: " +
				"sweetspot tune --continue digits-3f9a --budget 20",
		]);
	});

	test("sizes that were begun are no longer untried", () => {
		const begun = (untried: readonly number[], ...sizes: number[]) =>
			nextSteps(
				smallFindings({
					recommendation: { ...recommendation, verdict: "undecided", untried },
					tradeoff: sizes.map((batchSize) => ({ ...missedRow(batchSize), outcome: "not tried", rates: [missedRate] })),
				}),
				stored,
			)[0];
		expect(begun([16, 64], 64)).toMatch(
			/^Batch sizes 16 and 64 were not tried, or not to the end \(64\), and one of them may be better\. /,
		);
		expect(begun([16, 64], 16, 64)).toMatch(/^Batch sizes 16 and 64 were not tried to the end, and one of them may be better\. /);
		expect(begun([64], 64)).toMatch(/^Batch size 64 was not tried to the end, and may be better\. /);
	});

	test("a study that isn't complete is gone on with, and nothing else is advised", () => {
		const findings = smallFindings({ recommendation: { ...recommendation, verdict: "undecided", untried: [64] } });
		const interrupted = { ...stored, state: "interrupted" } as const;
		expect(nextSteps(findings, interrupted)).toEqual(["Go on with what is not finished: sweetspot resume digits-3f9a"]);
		const spent = { ...interrupted, seconds: 61, study: { ...smallStudy, budget: { trials: null, seconds: 60 } } };
		expect(nextSteps(findings, spent)).toEqual(["Go on with what is not finished: sweetspot tune --continue digits-3f9a --budget 2min"]);
		expect(nextSteps(findings, { ...stored, state: "running" })).toEqual([]);
	});

	test("a small budget that was spent before any size reached the goal: the search goes on", () => {
		expect(steps({ ...nothingReached, verdict: "undecided", untried: [1, 64] })).toEqual([
			"Search on: sweetspot tune --continue digits-3f9a --budget 20",
		]);
		expect(steps({ ...nothingReached, untried: [1, 64] }).at(-1)).toBe(
			"Search on among the batch sizes that are left: sweetspot tune --continue digits-3f9a --budget 20",
		);
	});

	test("of many sizes that were left out the nearest to the best are tried first", () => {
		expect(steps({ verdict: "undecided", batchSize: 16, untried: [1, 8, 64, 256] })).toEqual([
			"Batch sizes 1, 8, 64 and 256 were not tried, and one of them may be better. About 30 more trials would try 1, 8 and 64: " +
				"sweetspot tune --continue digits-3f9a --budget 30",
		]);
	});

	test("the best size is the last one tried", () => {
		expect(steps({}, [16, 32])).toEqual([
			"The best batch size is the largest one tried: add larger ones (batchSizes), up to all 1,078 examples.",
		]);
		expect(steps({}, [32, 64])).toEqual(["The best batch size is the smallest one tried: add smaller ones (batchSizes)."]);
		expect(steps({ batchSize: 1078 })).toEqual([]);
		expect(steps({ batchSize: 1 })).toEqual([]);
	});

	test("the goal was not reached", () => {
		expect(steps(nothingReached)).toEqual([
			"Let trials go on for longer: limits.epochs is 100, limits.steps 5,000.",
			"Lower the goal: goal.atLeast is 0.95.",
			"Try other learning rates: tune.learningRate.from and tune.learningRate.to.",
		]);
	});

	test("the goal was not reached, with a loss, and runs diverged", () => {
		const rate = { phase: "tuning", learningRate: 8, medianSteps: null, state: "diverged", runs: 3, longest: 12 } as const;
		const findings = smallFindings({ recommendation: nothingReached, tradeoff: [{ ...missedRow(32), rates: [rate] }] });
		expect(nextSteps(findings, { ...stored, study: { ...smallStudy, goal: { metric: "train.loss", atMost: 0.1 } } })).toEqual([
			"Let trials go on for longer: limits.epochs is 100, limits.steps 5,000.",
			"Raise the goal: goal.atMost is 0.1.",
			"Try smaller learning rates: tune.learningRate.from and tune.learningRate.to.",
		]);
	});
});

test("listed", () => {
	expect([[], ["16"], ["16", "32"], ["16", "32", "64"]].map(listed)).toEqual(["", "16", "16 and 32", "16, 32 and 64"]);
});
