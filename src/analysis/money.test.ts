import { expect, test } from "vitest";
import { nothingReached, row, smallFindings } from "../../test/fixtures/small-findings.js";
import { moneyOf } from "./money.js";

test("an hour's price times the hours that a run, its neighbours' runs and the study take", () => {
	const findings = smallFindings({ tradeoff: [16, 32, 64].map((batchSize) => row(batchSize, 1, 100, batchSize)) });
	const { run, neighbours, study } = moneyOf(findings, 7.2, 1800);
	const { seconds } = findings.recommendation;
	expect(run.median).toBeCloseTo((seconds.median ?? 0) * 0.002, 15);
	expect(run.high).toBeCloseTo((seconds.high ?? 0) * 0.002, 15);
	expect(neighbours.map(({ batchSize, run }) => [batchSize, run.median])).toEqual([
		[16, expect.closeTo(3.2, 12)],
		[64, expect.closeTo(12.8, 12)],
	]);
	expect(study).toBeCloseTo(3.6, 12);
});

test("is unknown where times are", () => {
	expect(moneyOf(smallFindings({ recommendation: nothingReached }), 1, 3600)).toEqual({
		perHour: 1,
		run: { median: null, low: null, high: null },
		neighbours: [],
		study: 1,
	});
});
