import { factors } from "../../experiments/claims/claim.js";
import type { LedgerCell, LedgerEntry } from "../../experiments/claims/ledger.js";
import { formatEstimate, formatNumber, none } from "../../words/numbers.js";
import { tableLines } from "./table.js";
import { type Colors, colorsOf } from "./terminal.js";
import { wrap } from "./text.js";

interface Output {
	readonly width: number;
	readonly colors: Colors;
}

/** Where the verdicts of a claim stand. */
const indent = 5;

/** What a terminal shows of the ledger: a claim, its verdict, and under which conditions. */
export const ledgerLines = (ledger: readonly LedgerEntry[], output: Output): readonly string[] => [
	...ledger.flatMap((entry) => headLines(entry, output)),
	"",
	...wrap("What was measured of a claim: sweetspot claims ID; of all: --json.", output.width),
];

/** All of one claim. */
export function claimLines(entry: LedgerEntry, output: Output): readonly string[] {
	const { effect, interval, cells, evidence, believed, experiment } = entry;
	const figure = cells.length > 1 || interval === null || interval.estimate === null ? "" : ` It is ${formatEstimate(interval)}.`;
	const paragraphs = [
		...(effect === null ? [] : [`Measured: ${effect}.${figure}`]),
		...(evidence === null ? [] : [`${evidence}.`]),
		...(believed === null ? [] : [believed]),
		`Charts and tables: sweetspot experiment run ${experiment}${entry.size === "full" ? " --full" : ""}`,
	];
	return [
		...headLines(entry, output),
		...(cells.length > 1 ? ["", ...cellLines(cells)] : []),
		...paragraphs.flatMap((paragraph) => ["", ...wrap(paragraph, output.width)]),
	];
}

function headLines({ id, statement, ...entry }: LedgerEntry, { width, colors: { bold, dim } }: Output): readonly string[] {
	return [
		...wrap(`${id.padEnd(indent)}${statement}`, width, indent).map(bold),
		...wrap(`${" ".repeat(indent)}${verdictLine(entry)}`, width, indent).map(dim),
	];
}

function verdictLine({ verdict, verdictInWords, holdsOn, size, experiment }: Omit<LedgerEntry, "id" | "statement">): string {
	const quick = size === "quick" ? " (quick size)" : "";
	if (verdict === "not run") return `not run: sweetspot experiment run ${experiment}`;
	if (verdict === "undecided") return `${holdsOn}${quick}`;
	return `${verdictInWords} (${holdsOn})${quick}`;
}

function cellLines(cells: readonly LedgerCell[]): readonly string[] {
	const used = factors.filter((factor) => cells.some(({ when }) => when[factor] !== undefined));
	const left = (title: string, of: (cell: LedgerCell) => string) => ({ title, align: "left" as const, cells: cells.map(of) });
	return tableLines([
		...used.map((factor) => left(factor, ({ when }) => when[factor] ?? "")),
		left("effect", ({ interval }) => (interval.estimate === null ? none : formatEstimate(interval))),
		left("p, adjusted", ({ adjusted }) => (adjusted === null ? none : adjusted < 1e-6 ? "below 0.000001" : formatNumber(adjusted))),
		left("verdict", ({ verdict }) => verdict),
	]);
}

/** Lines longer than 100 columns are hard to read. */
export const outputOf = (out: { readonly width: number } & Parameters<typeof colorsOf>[0]): Output => ({
	width: Math.min(out.width, 100),
	colors: colorsOf(out),
});
