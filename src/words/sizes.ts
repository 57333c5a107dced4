import type { Findings, TradeoffRow } from "../analysis/findings.js";
import { type Objective, objectiveNames, objectives, usualObjective } from "../analysis/objectives.js";
import { leftBehind } from "./ladder.js";
import { listed } from "./listed.js";
import { formatCount, formatInterval, formatRate, formatSecondsInterval, none, percents } from "./numbers.js";
import { whyWithout } from "./outcome.js";
import { settingNames } from "./setting.js";
import type { TextColumn, TextTable } from "./text-table.js";

const isLeftOut = (row: TradeoffRow): boolean => whyWithout(row) === "not tried";

/** The batch sizes that a small budget left out, in a line; null where there are none. */
export function untriedSentence({ tradeoff }: Findings): string | null {
	const sizes = tradeoff.filter(isLeftOut).map(({ batchSize }) => formatCount(batchSize));
	return sizes.length === 0 ? null : `Not tried: batch ${sizes.length > 1 ? "sizes" : "size"} ${listed(sizes)}.`;
}

/**
 * All figures of the batch sizes shown, the most important first, those without a value as a dash. Columns in which no size has a value are
 * left out.
 */
export function sizesTable(findings: Findings): TextTable {
	const shown = findings.tradeoff.filter((row) => !isLeftOut(row));
	const column = (title: string, cell: (row: TradeoffRow) => string, kind: TextColumn["kind"] = "figure") => ({
		title,
		kind,
		cells: shown.map(cell),
	});
	const columns = [
		column("batch size", (row) => formatCount(row.batchSize)),
		column("learning rate", (row) => (row.learningRate === null ? none : formatRate(row.learningRate))),
		...settingNames(shown).map(({ title, of }) => column(title, (row) => of(row) ?? none)),
		column("steps-to-target", (row) => formatInterval(row.steps)),
		column("time-to-target", (row) => formatSecondsInterval(row.seconds)),
		column("examples-to-target", (row) => formatInterval(row.examples)),
		column("time per step", (row) => formatSecondsInterval(row.secondsPerStep)),
		column("first single look", (row) => formatInterval(row.firstSteps)),
		column("efficiency", (row) => formatInterval(row.efficiency, percents)),
		column("goodput (examples/s)", (row) => formatInterval(row.goodput)),
		column("notes", (row) => notesOf(row, findings).join("; "), "note"),
	].filter(({ title, cells }) => title === "batch size" || cells.some((cell) => cell !== none && cell !== ""));
	return {
		columns: columns.map(({ title, kind }) => ({ title, kind })),
		rows: shown.map(({ batchSize }, i) => ({
			cells: columns.map(({ cells }) => cells[i]),
			chosen: batchSize === findings.recommendation.batchSize,
			batchSize,
		})),
	};
}

/** What is special about a batch size, in words. */
function notesOf(row: TradeoffRow, findings: Findings): readonly string[] {
	const { recommendation } = findings;
	const notes: string[] = [];
	if (row.batchSize === recommendation.batchSize) notes.push(recommendation.verdict === "found" ? "recommended" : "best guess");
	else if (recommendation.indistinguishable.includes(row.batchSize)) notes.push("statistically tied");
	if (row.flavor !== "mini-batch") notes.push(`${row.flavor} gradient descent`);
	const without = whyWithout(row);
	if (without !== null) notes.push(without === "not reached" ? "goal not reached" : (leftBehind(findings, row.batchSize) ?? without));
	if (row.examplesPerStep !== undefined) notes.push(`partial batches: ${formatCount(row.examplesPerStep)} examples a step`);
	if (row.atEdge) notes.push("rate at the edge of the range");
	const missed = row.runs.filter((run) => run.step === null).length;
	if (missed > 0) notes.push(`${missed} of ${row.runs.length} runs missed the goal`);
	return notes;
}

/** The usual one first. */
const objectivesListed: readonly Objective[] = [usualObjective, ...objectiveNames.filter((name) => name !== usualObjective)];

/**
 * The objectives, what each recommends, at which cost, and the sizes that cannot be told apart from it. Null where there is nothing to
 * recommend.
 */
export function objectivesTable(findings: Findings): TextTable | null {
	if (findings.failure || findings.recommendation.verdict === "not reached") return null;
	if (objectiveNames.every((name) => findings.recommendations[name].batchSize === null)) return null;
	const rows = objectivesListed.map((objective) => {
		const choice = findings.recommendations[objective];
		const others = choice.indistinguishable.filter((size) => size !== choice.batchSize).map(formatCount);
		const cells = [
			objective,
			formatCount(choice.batchSize),
			choice.learningRate === null ? none : formatRate(choice.learningRate),
			formatInterval(choice.examples),
			formatSecondsInterval(choice.seconds),
			others.length > 0 ? others.join(", ") : none,
		];
		return { cells, chosen: objective === findings.recommendation.objective, batchSize: choice.batchSize };
	});
	return { columns: objectivesColumns, rows };
}

const objectivesColumns: readonly TextColumn[] = [
	{ title: "objective", kind: "name" },
	{ title: "batch size", kind: "figure" },
	{ title: "learning rate", kind: "figure" },
	{ title: "examples-to-target", kind: "figure" },
	{ title: "time-to-target", kind: "figure" },
	{ title: "statistically tied", kind: "name" },
];

/** What the objectives mean, one sentence. */
export const objectivesMeaning =
	`${objectiveNames.map((name, i) => `${i === 0 ? name[0].toUpperCase() + name.slice(1) : name} ${objectives[name].meaning}`).join(", ")}. ` +
	"“Statistically tied” lists sizes that may be as good, for all that these runs show.";
