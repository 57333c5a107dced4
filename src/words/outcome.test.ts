import { expect, test } from "vitest";
import { missedRow, row } from "../../test/fixtures/small-findings.js";
import { whyWithout } from "./outcome.js";

const rate = { phase: "tuning", learningRate: 1, medianSteps: 9, state: "measured", runs: 1, longest: 9 } as const;

test.each([
	[row(32, 1, 9, 1), null],
	[missedRow(32), "not reached"],
	[{ ...missedRow(32), outcome: "open" as const }, "not finished"],
	[{ ...missedRow(32), outcome: "out of memory" as const }, "out of memory"],
	[{ ...missedRow(32), outcome: "not tried" as const }, "not tried"],
	[{ ...missedRow(32), outcome: "not tried" as const, rates: [rate] }, "nothing reported yet"],
	[{ ...missedRow(32), outcome: "not tried" as const, rates: [rate], allFailed: true as const }, "every trial failed"],
])("%#: %j", (one, words) => expect(whyWithout(one)).toBe(words));
