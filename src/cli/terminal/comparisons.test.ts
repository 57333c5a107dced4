import { expect, test } from "vitest";
import { exampleStudy } from "../../../test/fixtures/example-study.js";
import { comparisonLines } from "./comparisons.js";
import { colorsOf } from "./terminal.js";

const { comparisons } = exampleStudy().findings;
const colors = colorsOf({ color: false });

test("a line for each batch size, the comparisons side by side, the best and what can't be told apart from it marked", () => {
	const lines = comparisonLines(comparisons, colors);
	expect(lines[0]).toBe("validation accuracy at equal budgets");
	expect(lines[1].trim().split(/ {2,}/)).toEqual(["batch", "after 10 epochs", "after 340 steps", "after 12 ms"]);
	expect(lines).toHaveLength(2 + 12 + 1);
	expect(lines.every((line) => line.length <= 79)).toBe(true);
	expect(lines[6]).toMatch(/^ {3}16 {2}▸ 0.965 \[[^\]]+\] +[\d.]+ \[[^\]]+\] +▸ 0.965 \[[^\]]+\]$/);
	expect(lines[5]).toMatch(/^ {4}8 {2}≈ /);
});

test("what isn't measured says why; a study without comparisons has no lines", () => {
	const [epochs] = comparisons;
	const rows = epochs.rows.map((row, i) => ({ ...row, outcome: (["open", "diverged"] as const)[i] ?? row.outcome }));
	const lines = comparisonLines([{ ...epochs, rows }], colors);
	expect(lines.slice(2, 4).map((line) => line.trim())).toEqual(["1    not finished", "2    diverged"]);
	expect(comparisonLines([], colors)).toEqual([]);
});
