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

	test("what the study's own budget has left is spent first: no more trials are run than were asked for", () => {
		expect(extensionsFor(smallStudy, open, 5, 3)).toEqual([{ batchSize: null, trials: 2 }]);
		expect(extensionsFor(smallStudy, open, 3, 3)).toEqual([]);
	});

	test("nothing where more trials wouldn't help", () => {
		expect(extensionsFor(smallStudy, smallFindings(), 40)).toEqual([]);
		expect(extensionsFor(smallStudy, smallFindings({ recommendation: nothingReached }), 40)).toEqual([]);
		expect(extensionsFor(smallStudy, smallFindings({ recommendation: { ...recommendation, verdict: "undecided", next: [] } }), 40)).toEqual(
			[],
		);
	});
});
