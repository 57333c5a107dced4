import { describe, expect, test } from "vitest";
import { nothingReached, recommendation, smallFindings } from "../../test/fixtures/small-findings.js";
import { isExhausted, mostReportingRuns, whatWouldDecide } from "./decide.js";

const next = [
	{ batchSize: 16, learningRate: 0.25, runs: 2 },
	{ batchSize: 32, learningRate: 0.35, runs: 5 },
];
const undecided = smallFindings({ recommendation: { ...recommendation, verdict: "undecided", batchSize: 16, next } });

describe("what would decide a study", () => {
	test("nothing where it is decided, where nothing is advised, and where no batch size of all reached the goal", () => {
		expect(whatWouldDecide(smallFindings())).toBeNull();
		expect(whatWouldDecide(smallFindings({ recommendation: { ...undecided.recommendation, next: [] } }))).toBeNull();
		expect(whatWouldDecide(smallFindings({ recommendation: nothingReached }))).toBeNull();
	});

	test("first what is not finished", () => {
		const open = { ...undecided, tradeoff: undecided.tradeoff.map((row, i) => (i === 1 ? { ...row, outcome: "open" as const } : row)) };
		expect(whatWouldDecide(open)).toEqual({ kind: "unfinished" });
	});

	test("else the runs that are advised", () => {
		expect(whatWouldDecide(undecided)).toEqual({ kind: "runs", runs: next });
	});

	test("nothing after a ladder, which goes on with a larger budget", () => {
		expect(whatWouldDecide({ ...undecided, ladder: [] })).toBeNull();
	});
});

test("a study is exhausted when all sizes are tried and those in doubt have as many runs as ever help", () => {
	const withRuns = (count: number) => ({
		...undecided,
		tradeoff: undecided.tradeoff.map((row) => ({ ...row, runs: Array.from({ length: count }, () => undecided.tradeoff[0].runs[0]) })),
	});
	expect(isExhausted(withRuns(mostReportingRuns))).toBe(true);
	expect(isExhausted(withRuns(mostReportingRuns - 1))).toBe(false);
});
