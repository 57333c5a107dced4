import { describe, expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import type { ComparisonFinding, ComparisonRow } from "../analysis/findings.js";
import { comparisonAmount, comparisonRow, comparisonSentences, comparisonTable } from "./comparisons.js";

const [epochs, steps, seconds] = exampleStudy().findings.comparisons;

/** The example with the given sizes' standings. */
const standing = (finding: ComparisonFinding, standings: Readonly<Record<number, ComparisonRow["standing"]>>): ComparisonFinding => ({
	...finding,
	rows: finding.rows
		.filter(({ batchSize }) => batchSize in standings)
		.map((row) => ({ ...row, value: { median: 0.96, low: 0.95, high: 0.97 }, standing: standings[row.batchSize] })),
});

describe("comparisonSentences", () => {
	test("the best of each comparison, what can't be told apart from it, and what epochs and steps say of large batches", () => {
		expect(
			comparisonSentences([
				standing(epochs, { 4: "best", 8: "even", 16: "even", 64: "worse", 128: "worse", 256: "worse" }),
				standing(steps, { 4: "worse", 64: "even", 128: "best", 256: "worse" }),
				standing(seconds, { 4: "best", 64: "worse" }),
			]),
		).toEqual([
			"After 10 epochs each, batch size 4 has the best validation accuracy, 0.960 [0.950–0.970]; 8 and 16 are statistically tied with it.",
			"After 340 steps each, batch size 128 has the best validation accuracy, 0.960 [0.950–0.970]; 64 is statistically tied with it.",
			"After 12 ms each, batch size 4 has the best validation accuracy, 0.960 [0.950–0.970].",
			"Batch sizes 64 and 128 fell behind after equal epochs, but are statistically tied with the best after equal steps. This is no sign of worse generalization, only of too few steps.",
			"Batch size 256 fell behind after equal epochs and after equal steps.",
		]);
	});

	test("nothing of what isn't measured", () => {
		expect(comparisonSentences([])).toEqual([]);
		expect(comparisonSentences([standing(epochs, { 4: null, 8: null })])).toEqual([]);
	});
});

test("comparisonAmount", () => {
	expect([epochs, steps, seconds, { ...seconds, amount: null }].map(comparisonAmount)).toEqual([
		"10 epochs",
		"340 steps",
		"12 ms",
		"equal time",
	]);
});

test("a row says what is special about it", () => {
	const [row] = epochs.rows;
	const none = { median: null, low: null, high: null };
	expect(comparisonRow({ ...row, standing: "even", atEdge: true })).toEqual([
		"1",
		"10,780",
		"0.25!",
		"0.965 [0.961–0.969]",
		"0.968 [0.964–0.972]",
		"0.020 [0.015–0.025]",
		"statistically tied",
	]);
	const open = { ...row, outcome: "open", learningRate: null, value: none, bestSeen: none, gap: none, standing: null } as const;
	expect(comparisonRow(open)).toEqual(["1", "10,780", "—", "—", "—", "—", "not finished"]);
});

test("a table has a column for the gap only where there is one", () => {
	const [row] = epochs.rows;
	const none = { median: null, low: null, high: null };
	const tableOf = (gap: typeof none | { readonly median: number; readonly low: null; readonly high: null }) =>
		comparisonTable({ comparison: "steps", amount: 340, metric: "f1", rows: [{ ...row, gap }] });
	expect(tableOf({ ...none, median: 0.1 }).columns.map(({ title }) => title)).toContain("generalization gap");
	const without = tableOf(none);
	expect(without.columns.map(({ title }) => title)).not.toContain("generalization gap");
	expect(without.rows[0].cells).toHaveLength(without.columns.length);
});
