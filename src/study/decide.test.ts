import { describe, expect, test } from "vitest";
import { nothingReached, recommendation, smallFindings } from "../../test/fixtures/small-findings.js";
import { isExhausted, mostReportingRuns, whatWouldDecide } from "./decide.js";

const next = [
	{ batchSize: 16, learningRate: 0.25, runs: 2 },
	{ batchSize: 32, learningRate: 0.35, runs: 5 },
];
const undecided = smallFindings({ recommendation: { ...recommendation, verdict: "undecided", batchSize: 16, next } });
const leftOut = (untried: readonly number[]) => smallFindings({ recommendation: { ...undecided.recommendation, untried } });

describe("what would decide a study", () => {
	test("nothing where it is decided, where nothing is advised, and where no batch size of all reached the goal", () => {
		expect(whatWouldDecide(smallFindings())).toBeNull();
		expect(whatWouldDecide(smallFindings({ recommendation: { ...undecided.recommendation, next: [] } }))).toBeNull();
		expect(whatWouldDecide(smallFindings({ recommendation: nothingReached }))).toBeNull();
	});

	test("first what is not finished", () => {
		const open = { ...leftOut([64]), tradeoff: undecided.tradeoff.map((row, i) => (i === 1 ? { ...row, outcome: "open" as const } : row)) };
		expect(whatWouldDecide(open)).toEqual({ kind: "unfinished" });
	});

	test("a search where no batch size has reached the goal and some were left out", () => {
		const nowhere = smallFindings({ recommendation: { ...nothingReached, untried: [1, 64] } });
		expect(whatWouldDecide(nowhere)).toEqual({ kind: "search", trials: 20 });
	});

	test("the nearest of the sizes left out, three at most, and the runs that the same trials may buy", () => {
		expect(whatWouldDecide(leftOut([1, 8, 64, 256]))).toEqual({ kind: "sizes", batchSizes: [8, 64, 1], trials: 10, runs: next });
	});

	test("else the runs that are advised", () => {
		expect(whatWouldDecide(undecided)).toEqual({ kind: "runs", runs: next });
	});
});

test("a study is exhausted when all sizes are tried and those in doubt have as many runs as ever help", () => {
	const withRuns = (count: number) => ({
		...undecided,
		tradeoff: undecided.tradeoff.map((row) => ({ ...row, runs: Array.from({ length: count }, () => undecided.tradeoff[0].runs[0]) })),
	});
	expect(isExhausted(withRuns(mostReportingRuns))).toBe(true);
	expect(isExhausted(withRuns(mostReportingRuns - 1))).toBe(false);
	expect(isExhausted({ ...withRuns(mostReportingRuns), recommendation: leftOut([64]).recommendation })).toBe(false);
});
