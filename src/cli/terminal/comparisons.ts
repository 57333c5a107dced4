import type { ComparisonFinding, ComparisonRow } from "../../analysis/findings.js";
import { comparisonAmount } from "../../words/comparisons.js";
import { formatCount, formatInterval, plain } from "../../words/numbers.js";
import { tableLines } from "./table.js";
import type { Colors } from "./terminal.js";

/**
 * The held-out metric of each batch size after equal epochs, equal steps and equal seconds, side by side; no lines where the study has
 * none.
 */
export function comparisonLines(comparisons: readonly ComparisonFinding[], { bold, dim }: Colors): string[] {
	const [first] = comparisons;
	if (!first) return [];
	const [titles, ...rows] = tableLines([
		{ title: "batch", align: "right", cells: first.rows.map(({ batchSize }) => formatCount(batchSize)) },
		...comparisons.map((finding) => ({
			title: `after ${comparisonAmount(finding)}`,
			align: "left" as const,
			cells: first.rows.map(({ batchSize }) => cell(finding.rows.find((row) => row.batchSize === batchSize))),
		})),
	]);
	return [bold(`${first.metric} at equal budgets`), dim(titles), ...rows, dim("▸ best   ≈ statistically tied with it")];
}

function cell(row: ComparisonRow | undefined): string {
	if (row === undefined || row.outcome === "open") return "  not finished";
	if (row.outcome === "diverged") return "  diverged";
	const mark = row.standing === "best" ? "▸" : row.standing === "even" ? "≈" : " ";
	return `${mark} ${formatInterval(row.value, plain)}`;
}
