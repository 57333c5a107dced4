import type { ComparisonFinding, ComparisonRow } from "../analysis/findings.js";
import { listed } from "./listed.js";
import { formatCount, formatInterval, formatRate, formatSeconds, none, plain } from "./numbers.js";
import type { TextTable } from "./text-table.js";

/** `10 epochs`, `340 steps`, `8.4 ms`: what every batch size was given. */
export function comparisonAmount({ comparison, amount }: ComparisonFinding): string {
	if (comparison === "seconds") return amount === null ? "equal time" : formatSeconds(amount);
	return `${formatCount(amount)} ${comparison}`;
}

/**
 * For each budget the best batch size with what can't be told apart from it; and what the comparison of epochs with steps says of large
 * batches.
 */
export function comparisonSentences(comparisons: readonly ComparisonFinding[]): string[] {
	const sentences = comparisons.flatMap((finding) => {
		const best = finding.rows.find(({ standing }) => standing === "best");
		if (!best) return [];
		const even = finding.rows.filter(({ standing }) => standing === "even").map(({ batchSize }) => formatCount(batchSize));
		const rest = even.length === 0 ? "" : `; ${listed(even)} ${even.length > 1 ? "are" : "is"} statistically tied with it`;
		return [
			`After ${comparisonAmount(finding)} each, batch size ${formatCount(best.batchSize)} has the best ${finding.metric}, ${formatInterval(best.value, plain)}${rest}.`,
		];
	});
	return [...sentences, ...undertrained(comparisons)];
}

/**
 * Whether there is a sign that large batches generalize worse, or only that they were undertrained: sizes larger than the best that fall
 * behind after equal epochs, in which they take few steps, but not after equal steps.
 */
function undertrained(comparisons: readonly ComparisonFinding[]): string[] {
	const rowsOf = (name: ComparisonFinding["comparison"]): readonly ComparisonRow[] =>
		comparisons.find(({ comparison }) => comparison === name)?.rows ?? [];
	const best = rowsOf("epochs").find(({ standing }) => standing === "best");
	if (!best) return [];
	const behind = rowsOf("epochs").filter(({ batchSize, standing }) => batchSize > best.batchSize && standing === "worse");
	const afterSteps = (size: number) => rowsOf("steps").find(({ batchSize }) => batchSize === size)?.standing;
	const say = (sizes: readonly ComparisonRow[], rest: string): string[] =>
		sizes.length === 0
			? []
			: [`${sizes.length > 1 ? "Batch sizes" : "Batch size"} ${listed(sizes.map(({ batchSize }) => formatCount(batchSize)))} ${rest}`];
	return [
		...say(
			behind.filter(({ batchSize }) => afterSteps(batchSize) === "best" || afterSteps(batchSize) === "even"),
			"fell behind after equal epochs, but are statistically tied with the best after equal steps. This is no sign of worse generalization, only of too few steps.",
		),
		...say(
			behind.filter(({ batchSize }) => afterSteps(batchSize) === "worse"),
			"fell behind after equal epochs and after equal steps.",
		),
	];
}

/** One comparison as a table, with what every batch size was given. */
export interface ComparisonTable extends TextTable {
	/** `After 10 epochs each`. */
	readonly title: string;
}

export function comparisonTable(finding: ComparisonFinding): ComparisonTable {
	// A metric of one's own has no gap.
	const hasGap = finding.rows.some(({ gap }) => gap.median !== null);
	const shown = comparisonTitles.map((title) => hasGap || title !== gapTitle);
	return {
		title: `After ${comparisonAmount(finding)} each`,
		columns: comparisonTitles
			.map((title, i) => ({ title, kind: i < comparisonTitles.length - 1 ? ("figure" as const) : ("name" as const) }))
			.filter((_, i) => shown[i]),
		rows: finding.rows.map((row) => ({
			cells: comparisonRow(row).filter((_, i) => shown[i]),
			chosen: row.standing === "best",
			batchSize: row.batchSize,
		})),
	};
}

const gapTitle = "generalization gap";

/** The titles above the cells of a batch size. */
const comparisonTitles = ["batch size", "steps", "learning rate", "at the end", "best look", gapTitle, ""] as const;

export function comparisonRow({
	batchSize,
	steps,
	learningRate,
	atEdge,
	outcome,
	value,
	bestSeen,
	gap,
	standing,
}: ComparisonRow): readonly string[] {
	const note = standing === "best" ? "best" : standing === "even" ? "statistically tied" : outcome === "measured" ? "" : wordFor[outcome];
	return [
		formatCount(batchSize),
		formatCount(steps),
		learningRate === null ? none : `${formatRate(learningRate)}${atEdge ? "!" : ""}`,
		formatInterval(value, plain),
		formatInterval(bestSeen, plain),
		formatInterval(gap, plain),
		note,
	];
}

const wordFor = { open: "not finished", diverged: "diverged at every rate" } as const;
