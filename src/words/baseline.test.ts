import { expect, test } from "vitest";
import { smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import type { Estimate } from "../analysis/findings.js";
import { answerSentences } from "./answer.js";
import { baselineSentence } from "./baseline.js";

const withRatio = (costRatio?: Estimate) =>
	smallFindings({
		baseline: {
			...{ batchSize: 64, learningRate: 0.25, runs: 7, reached: 7, steps: 100, examples: 6400, seconds: 0.003, cap: 900 },
			...{ secondsPerStep: 3e-5, ...(costRatio && { costRatio }) },
		},
	});

test("where the user's own setting is shown to cost less, the headline is to keep it", () => {
	const better = answerSentences(withRatio({ estimate: 0.47, low: 0.4, high: 0.56 }), smallStudy);
	expect(better.slice(0, 2)).toEqual([
		"Keep your own setting, batch size 64 and learning rate 0.25: on the same seeds it costs 0.47 [0.40–0.56] times what the best setting of this search does.",
		expect.stringMatching(/^The best of this search is batch size 32 and learning rate 0\.35: /),
	]);
	for (const ratio of [undefined, { estimate: 0.8, low: 0.6, high: 1.1 }, { estimate: 1.5, low: 1.2, high: 1.9 }])
		expect(answerSentences(withRatio(ratio), smallStudy)[0]).toMatch(/^Train with batch size 32/);
});

test("where the runs don't show which is better, the comparison says so", () => {
	expect(baselineSentence(withRatio({ estimate: 0.8, low: 0.6, high: 1.1 }))).toMatch(/ These runs don’t show that either is better\.$/);
	expect(baselineSentence(withRatio({ estimate: 1.5, low: 1.2, high: 1.9 }))).toMatch(/on the same seeds\)\.$/);
});
