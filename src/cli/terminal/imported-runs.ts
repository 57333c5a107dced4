import { describeGoalWithArticle, type Goal, goalMetric } from "../../core/goal.js";
import { type Setting, settingOf } from "../../core/setting.js";
import type { FinishedTrial, Outcome } from "../../core/trial.js";
import type { ImportedRun } from "../../store/import/runs.js";
import { formatCount, formatRate, none } from "../../words/numbers.js";
import { settingNames } from "../../words/setting.js";
import { type Column, fitting, tableLines } from "./table.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { cut, oneLine } from "./text.js";

/** One run as it would be imported. */
export interface ImportedRow extends Setting {
	/** Null where it comes from a table, which has no names. */
	readonly run: string | null;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: string;
	readonly evaluations: number;
	/** Its last one. */
	readonly steps: number;
	/** The metrics of the last look that has any. */
	readonly last: Readonly<Record<string, number | undefined>>;
	readonly outcome: Outcome;
	/** Steps-to-target; null where it didn't get there. */
	readonly reachedAt: number | null;
}

export const importedRows = (
	runs: readonly ImportedRun[],
	names: readonly string[] | null,
	trials: readonly FinishedTrial[],
): readonly ImportedRow[] =>
	runs.map((run, i) => {
		const { batchSize, learningRate, seed, looks } = run;
		const { outcome, steps, reached } = trials[i].result;
		return {
			run: names?.[i] ?? null,
			batchSize,
			learningRate,
			...settingOf(run),
			seed,
			evaluations: looks.length,
			steps,
			last: Object.assign({}, ...looks.map(({ metrics }) => metrics)) as Record<string, number>,
			outcome,
			reachedAt: reached?.step ?? null,
		};
	});

/** As logged, but for digits that decide nothing. */
const digits = (value: number | undefined): string => (value === undefined ? none : String(Number(value.toPrecision(5))));

/** More rows than this are more than anyone looks over. */
const mostRows = 40;

/** The runs as a table, and what comes of them; `more`: a sentence behind that. */
export function renderImportedRuns(
	terminal: Pick<Terminal, "width" | "color">,
	all: readonly ImportedRow[],
	goal: Goal,
	more: string,
): string {
	const rows = all.slice(0, mostRows);
	const column = (title: string, align: Column["align"], of: (row: ImportedRow) => string): Column => ({
		title,
		align,
		cells: rows.map(of),
	});
	const name = (longest: number) => column("run", "left", ({ run, seed }) => cut(oneLine(run ?? `seed ${seed}`), longest));
	const figures = [
		column("batch size", "right", (row) => formatCount(row.batchSize)),
		column("rate", "right", (row) => formatRate(row.learningRate)),
		...settingNames(rows).map(({ short, of }) => column(oneLine(short), "right", (row) => of(row) ?? none)),
		column("seed", "left", (row) => cut(oneLine(row.seed), 20)),
		column("looks", "right", (row) => formatCount(row.evaluations)),
		column("steps", "right", (row) => formatCount(row.steps)),
	];
	const metric = goalMetric(goal);
	const last = column(`last ${metric}`, "right", (row) => digits(row.last[metric]));
	const end = column("goal at step", "right", (row) => (row.reachedAt === null ? `${none} (${row.outcome})` : formatCount(row.reachedAt)));
	const [titles, ...lines] = tableLines(
		fitting(
			[
				[name(40), ...figures, last, end],
				[name(20), ...figures, end],
				[...figures, end],
			],
			terminal.width,
		),
	);
	const rest = all.length > rows.length ? [`… and ${formatCount(all.length - rows.length)} more (--json lists all)`] : [];
	const reached = all.filter(({ reachedAt }) => reachedAt !== null).length;
	const counted = `${formatCount(all.length)} ${all.length === 1 ? "run" : "runs"}; ${formatCount(reached)} reached`;
	const sum = `${counted} ${describeGoalWithArticle(goal)}. ${more}`.trimEnd();
	return `${[colorsOf(terminal).dim(titles), ...lines, ...rest, "", sum].join("\n")}\n`;
}
