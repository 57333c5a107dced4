import { describe, expect, test } from "vitest";
import { nothingReached, recommendation, smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import { extensionsFor } from "./grant.js";

const next = [
	{ batchSize: 16, learningRate: 0.25, runs: 2 },
	{ batchSize: 32, learningRate: 0.35, runs: 5 },
];
const undecided = smallFindings({ recommendation: { ...recommendation, verdict: "undecided", next } });
const open = { ...undecided, tradeoff: undecided.tradeoff.map((row, i) => (i === 1 ? { ...row, outcome: "open" as const } : row)) };

describe("extensionsFor", () => {
	test("what is advised, as far as the budget goes, in turn", () => {
		const granted = (budget: number) => extensionsFor(smallStudy, undecided, budget).map(({ batchSize, trials }) => [batchSize, trials]);
		expect(granted(Number.POSITIVE_INFINITY)).toEqual([
			[16, 2],
			[32, 5],
		]);
		expect(granted(6)).toEqual([
			[16, 2],
			[32, 4],
		]);
		expect(granted(3)).toEqual([
			[16, 2],
			[32, 1],
		]);
		expect(granted(1)).toEqual([[16, 1]]);
		expect(granted(0)).toEqual([]);
	});

	test("first of all, what the study's own budget left open", () => {
		expect(extensionsFor(smallStudy, open, 40)).toEqual([{ batchSize: null, trials: 40 }]);
		expect(extensionsFor(smallStudy, open, Number.POSITIVE_INFINITY)).toEqual([{ batchSize: null, trials: expect.any(Number) }]);
	});

	test("under a small budget, sizes that were left out and may be better: the nearest to the best, as many as can be paid for", () => {
		const study = { ...smallStudy, budget: { trials: 20, seconds: null } };
		const leftOut = (untried: readonly number[]) =>
			smallFindings({ recommendation: { ...undecided.recommendation, batchSize: 16, untried } });
		expect(extensionsFor(study, leftOut([64]), 40)).toEqual([{ batchSize: 64, trials: 10 }]);
		expect(extensionsFor(study, leftOut([1, 8, 64, 256]), Number.POSITIVE_INFINITY)).toEqual(
			[8, 64, 1].map((batchSize) => ({ batchSize, trials: 10 })),
		);
		expect(extensionsFor(study, leftOut([8, 64]), 15)).toEqual([8, 64].map((batchSize) => ({ batchSize, trials: 7 })));
		// What pays for no further size goes into runs of those that were tried.
		expect(extensionsFor(study, leftOut([64]), 5).map(({ batchSize }) => batchSize)).toEqual([16, 32]);
		expect(extensionsFor(study, undecided, 40).map(({ batchSize }) => batchSize)).toEqual([16, 32]);
	});

	test("what the study's own budget has left is spent first: no more trials are run than were asked for", () => {
		expect(extensionsFor(smallStudy, open, 5, 3)).toEqual([{ batchSize: null, trials: 2 }]);
		expect(extensionsFor(smallStudy, open, 3, 3)).toEqual([]);
	});

	test("under a small budget that was spent before any size reached the goal, trials to search on", () => {
		const study = { ...smallStudy, budget: { trials: 20, seconds: null } };
		for (const verdict of ["undecided", "not reached"] as const) {
			const nowhere = smallFindings({ recommendation: { ...nothingReached, verdict, untried: [1, 64] } });
			expect(extensionsFor(study, nowhere, 12)).toEqual([{ batchSize: null, trials: 12 }]);
			expect(extensionsFor(study, nowhere, Number.POSITIVE_INFINITY, 2)).toEqual([{ batchSize: null, trials: 18 }]);
		}
	});

	test("nothing where more trials wouldn't help", () => {
		expect(extensionsFor(smallStudy, smallFindings(), 40)).toEqual([]);
		expect(extensionsFor(smallStudy, smallFindings({ recommendation: nothingReached }), 40)).toEqual([]);
		expect(extensionsFor(smallStudy, smallFindings({ recommendation: { ...recommendation, verdict: "undecided", next: [] } }), 40)).toEqual(
			[],
		);
	});
});
