import { expect, test } from "vitest";
import type { Cell, JudgedCell } from "../../experiments/claims/claim.js";
import { type FoundClaim, ledgerFrom } from "../../experiments/claims/ledger.js";
import { claimLines, ledgerLines, outputOf } from "./claims.js";
import { widthOf } from "./text.js";

const output = outputOf({ width: 120, color: false });
const cell = (verdict: Cell["verdict"], held: string, tuning: string): JudgedCell => ({
	when: { data: "digits", "held equal": held, tuning },
	verdict,
	interval: { estimate: 0.1, low: 0.05, high: 0.15 },
	p: verdict === "undecided" ? 1 : 1e-9,
});
const C23: FoundClaim = {
	finding: {
		id: "C23",
		verdict: "depends",
		effect: "test accuracy at B = 32 less that at B = 1,087, above 2 %",
		interval: { estimate: 0.1, low: 0.05, high: 0.15 },
		evidence: "digits, thirty seeds",
		cells: [
			cell("supported", "equal epochs", "untuned rate"),
			cell("supported", "equal epochs", "tuned rate"),
			cell("refuted", "equal steps", "untuned rate"),
			cell("undecided", "equal steps", "tuned rate"),
		],
	},
	experiment: "conditions",
	full: true,
	freshSeeds: true,
};
const ledger = ledgerFrom(new Map([["C23", C23]]));

test("a claim takes its statement, its verdict and what that holds on, within 100 columns", () => {
	const lines = ledgerLines(ledger, output);
	const at = lines.findIndex((line) => line.startsWith("C23"));
	expect(lines.slice(at, at + 3)).toEqual([
		"C23  Too large a batch generalizes worse, by more than δ.",
		"     depends on what is held equal (digits; supported: equal epochs; refuted: equal steps, untuned",
		"     rate; undecided: equal steps, tuned rate)",
	]);
	expect(lines).toContain("     not run: sweetspot experiment run flavors");
	expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
});

test("one claim has every set of conditions, what was measured, and why it was believed", () => {
	const entry = ledger.find(({ id }) => id === "C23");
	const text = entry ? claimLines(entry, output).join("\n") : "";
	expect(text).toContain("digits  equal steps   tuned rate    0.10 [0.05–0.15]  1");
	expect(text).toContain("Measured: test accuracy at B = 32 less that at B = 1,087, above 2 %.");
	expect(text).toContain("sweetspot experiment run conditions --full");
});
