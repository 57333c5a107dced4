import { expect, test } from "vitest";
import { nothingReached, row, smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import type { Findings } from "../analysis/findings.js";
import { moneySentences } from "./money.js";

const findings = smallFindings({ tradeoff: [16, 32, 64].map((batchSize) => row(batchSize, 1, 100, batchSize)) });
const said = (of: Findings, pricePerHour?: number) =>
	moneySentences(of, { study: { ...smallStudy, ...(pricePerHour !== undefined && { pricePerHour }) }, seconds: 1800 });

test("what the recommended run, its neighbours' and the study cost", () => {
	expect(said(findings, 3600)).toEqual([
		"At 3,600 an hour, a run to the goal with batch size 32 costs 0.0041 [0.0039–0.0044], with batch size 16 1,600 [1,450–1,750], " +
			"with batch size 64 6,400 [5,900–7,000] and this study 1,800.",
	]);
});

test("where no size reached the goal, what the study cost", () => {
	expect(said(smallFindings({ recommendation: nothingReached }), 7.2)).toEqual(["At 7.2 an hour, this study cost 3.6."]);
});

test("nothing without a price", () => {
	expect(said(findings)).toEqual([]);
});
