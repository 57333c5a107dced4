import { describe, expect, test } from "vitest";
import { stopInNode } from "../../../test/browser/stop-in-node.js";
import { ledger } from "../ledger.generated.js";
import { stops } from "./stops.js";

/** What each stop teaches, as it comes out with these seeds. */
const expected: Readonly<Record<string, string>> = {
	"Three flavors": "A: batch size 1",
	"Noise and stability": "A: batch size 1",
	"Steps against epochs": "A: batch size 4",
	"Gradient norms": "A: batch size 1",
	"Distance and rate": "A: batch size 4",
	Generalization: "A, by more than 2 points",
	"When to stop": "No, it has risen by more than a tenth",
	"The critical batch size": "Fewer, but not nearly eight times",
	"Tied schedules": "Yes",
};

describe.each(stops)("the stop “$title”", (stop) => {
	test("has an answer among its options, from the figures of its lanes, and a claim of the ledger", async () => {
		const { option, figures } = stop.answer(await stopInNode(stop));
		expect(stop.options[option]).toBe(expected[stop.title]);
		expect(figures).toMatch(/\d/);
		expect(figures).not.toMatch(/NaN|undefined/);
		if (stop.title === "Three flavors") expect(figures).toBe("Updates in three epochs: 900, 30, 3.");
		expect(ledger[stop.claim].statement.length).toBeGreaterThan(20);
	});
});
