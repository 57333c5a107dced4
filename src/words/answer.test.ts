import { describe, expect, test } from "vitest";
import { missedRow, nothingReached, recommendation, row, smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import type { Failure, Findings, Recommendation } from "../analysis/findings.js";
import { alikeSentence, answerSentences, neighbourSentences, testSentence } from "./answer.js";

const unknown = { median: null, low: null, high: null };
const missedRate = { phase: "tuning", learningRate: 1, medianSteps: null, state: "missed", runs: 1, longest: 100 } as const;
const answer = (changes: Partial<Recommendation>, bestSeen: Findings["bestSeen"] = null) =>
	answerSentences(smallFindings({ recommendation: { ...recommendation, ...changes }, bestSeen }), smallStudy).join(" ");

describe("answerSentences", () => {
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
			"Cannot tell yet which batch size is within 25 % of the best: 16, 32 and 64 are statistically tied. " +
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

	test("nothing reported yet", () => {
		const nothingYet = "Cannot tell yet: no batch size has reached a validation accuracy of at least 0.95 in a reporting run so far.";
		const answer = (changes: Partial<Recommendation>, bestSeen: Findings["bestSeen"] = null) => {
			const tradeoff = [{ ...missedRow(64), outcome: "not tried" as const }];
			return answerSentences(smallFindings({ recommendation: { ...recommendation, ...changes }, bestSeen, tradeoff }), smallStudy).join(
				" ",
			);
		};
		expect(answer({ ...nothingReached, verdict: "undecided" })).toBe(nothingYet);
		expect(answer({ ...nothingReached, verdict: "undecided" }, { value: 0.9, batchSize: 64, learningRate: 0.5, step: 47 })).toBe(
			`${nothingYet} The best validation accuracy seen was 0.9, at step 47 with batch size 64 and learning rate 0.5.`,
		);
		expect(answer({ ...nothingReached, verdict: "undecided" }, { value: 0.96, batchSize: 64, learningRate: 0.5, step: 47 })).toBe(
			`${nothingYet} A guess that nothing confirms yet: train with batch size 64 and learning rate 0.5, which reached 0.96 at step 47 of a single run.`,
		);
	});

	describe("no size can be named", () => {
		const none: Recommendation = { ...nothingReached, verdict: "undecided" };
		const run = { seedIndex: 0, step: 181, after: 180, examples: 5792, first: null };
		const sentences = (tradeoff: Findings["tradeoff"], changes: Partial<Findings> = {}) =>
			answerSentences(smallFindings({ recommendation: none, tradeoff, ...changes }), smallStudy).join(" ");

		test("though reporting runs reached the goal, as at none of the sizes all of them are in", () => {
			const begun = (batchSize: number, ...steps: readonly (number | null)[]) => ({
				...missedRow(batchSize),
				outcome: "open" as const,
				runs: steps.map((step) => ({ ...run, step })),
			});
			expect(
				sentences([begun(16, 181), begun(32), begun(64, 90, null, 95)], {
					bestSeen: { value: 0.96, batchSize: 64, learningRate: 0.5, step: 90 },
				}),
			).toBe(
				"Cannot tell yet: 3 reporting runs have reached a validation accuracy of at least 0.95 so far, at batch sizes 16 and 64, " +
					"but of neither size are enough in. A guess: train with batch size 64 and learning rate 0.5, which reached 0.96 at step 90 of a single run.",
			);
			expect(sentences([begun(16, 181), begun(32)])).toBe(
				"Cannot tell yet: 1 reporting run has reached a validation accuracy of at least 0.95 so far, at batch size 16, but not enough are in.",
			);
		});

		test("as no time per step is known at those that reached the goal: by examples there is a choice", () => {
			const untimed = (batchSize: number) => ({ ...row(batchSize, 0.5, 181, 1), runs: [run], seconds: unknown, secondsPerStep: unknown });
			const findings = smallFindings({ recommendation: none, tradeoff: [untimed(16), untimed(64)] });
			const cheapest = { ...findings.recommendations.cheapest, batchSize: 16, learningRate: 0.25 };
			const chosen = { ...findings, recommendations: { ...findings.recommendations, cheapest } };
			expect(answerSentences(chosen, smallStudy).join(" ")).toBe(
				"Cannot tell which batch size takes the least time: batch sizes 16 and 64 reached a validation accuracy of at least 0.95, " +
					"but the time of a step is not known there. By examples alone (--objective cheapest) it is batch size 16, with learning rate 0.25.",
			);
		});
	});

	test("not reached: the best that was seen", () => {
		expect(answer(nothingReached, { value: 0.93680297, batchSize: 64, learningRate: 0.5, step: 1200 })).toBe(
			"No batch size reached a validation accuracy of at least 0.95. " +
				"The best validation accuracy seen was 0.9368, at step 1,200 with batch size 64 and learning rate 0.5.",
		);
		const best = { value: 0.9511, batchSize: 64, learningRate: 0.5, step: 1200 };
		const once = [{ ...missedRow(64), rates: [{ ...missedRate, state: "measured", medianSteps: 90 } as const] }];
		expect(answerSentences(smallFindings({ recommendation: nothingReached, bestSeen: best, tradeoff: once }), smallStudy)).toEqual([
			"No batch size reached a validation accuracy of at least 0.95 in most of its runs.",
			"The best validation accuracy seen was 0.9511, at step 1,200 with batch size 64 and learning rate 0.5.",
		]);
		const few = smallFindings({ recommendation: nothingReached, bestSeen: { ...best, reachedRuns: 9 }, tradeoff: [missedRow(64)] });
		expect(answerSentences(few, smallStudy)).toEqual([
			"No batch size reached a validation accuracy of at least 0.95 in most of its runs (9 runs did).",
			"The best validation accuracy seen was 0.9511, at step 1,200 with batch size 64 and learning rate 0.5.",
		]);
		const noRun = smallFindings({ recommendation: nothingReached, bestSeen: best, tradeoff: [missedRow(64)] });
		expect(answerSentences(noRun, smallStudy).join(" ")).toBe(
			"No batch size reached a validation accuracy of at least 0.95. " +
				"The best validation accuracy seen was 0.9511, at step 1,200 with batch size 64 and learning rate 0.5. " +
				"That was a single look; the goal has to be met by the mean of several.",
		);
		expect(answer(nothingReached)).toBe("No batch size reached a validation accuracy of at least 0.95.");
		const tradeoff = [missedRow(32), { ...missedRow(64), outcome: "not tried" as const }];
		expect(answerSentences(smallFindings({ recommendation: nothingReached, tradeoff }), smallStudy)).toEqual([
			"No batch size that was tried (32) reached a validation accuracy of at least 0.95.",
		]);
	});
});

test("where every trial failed, that is the answer", () => {
	const how = 'validation.accuracy is "32.9 %", expected a share from 0 to 1';
	const findings = (failure: Failure) => smallFindings({ recommendation: { ...nothingReached, verdict: "undecided" }, failure });
	const sentence = (failure: Failure) => answerSentences(findings(failure), smallStudy).join(" ");
	expect(sentence({ trials: 40, alike: 40, how })).toBe(`All 40 trials failed: ${how}.`);
	expect(sentence({ trials: 40, alike: 30, how: "exit code 1: it broke." })).toBe(
		"All 40 trials failed, 30 of them in the same way: exit code 1: it broke.",
	);
	expect(sentence({ trials: 1, alike: 1, how })).toBe(`The only trial failed: ${how}.`);
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
		"Batch size 16 may be slightly better: these runs cannot tell. " +
			"But in 98 % of resamples of the runs, batch size 32 is within 25 % of the best.",
	);
	expect(sentence({ indistinguishable: [16, 32, 64] })).toMatch(/^Batch sizes 16 and 64 may be slightly better: these runs cannot tell/);
	expect(sentence({ indistinguishable: [32] })).toBeNull();
	expect(sentence({ verdict: "undecided" })).toBeNull();
});

test("testSentence: the accuracy, or the loss where nothing is classified; null without a test set", () => {
	const nothing = { median: null, low: null, high: null };
	const loss = { median: 0.191, low: 0.183, high: 0.202 };
	expect(testSentence(smallFindings({ test: { batchSize: 32, accuracy: { median: 0.944, low: 0.938, high: 0.951 }, loss } }))).toBe(
		"On the test set, which no choice was based on, batch size 32 has an accuracy of 0.944 [0.938–0.951] when it reaches the goal.",
	);
	expect(testSentence(smallFindings({ test: { batchSize: 32, accuracy: nothing, loss } }))).toBe(
		"On the test set, which no choice was based on, batch size 32 has a loss of 0.191 [0.183–0.202] when it reaches the goal.",
	);
	expect(testSentence(smallFindings())).toBeNull();
});
