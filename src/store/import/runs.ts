import { comparisonNames } from "../../core/comparisons.js";
import { SweetspotError } from "../../core/errors.js";
import { type Goal, goalMetric, isOwnMetric } from "../../core/goal.js";
import { isKnownShare } from "../../core/metric-names.js";
import { latticeRange } from "../../core/rates.js";
import type { Flags, Setting } from "../../core/setting.js";
import type { Outcome, Phase, TradeoffPhase } from "../../core/trial.js";
import { numberOf, type Row, type Table } from "../../data/csv/reader.js";
import { type Columns, columnsOf, type Meaning, type MetricColumn } from "./columns.js";
import type { ImportedLook } from "./look.js";
import { ThinnedLooks } from "./thinned-looks.js";

/** One run of the table: its lines by step, ascending, without repeats. At least one is beyond step 0. */
export interface ImportedRun extends Setting {
	readonly phase: TradeoffPhase | null;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: string;
	readonly seedIndex: number | null;
	readonly cap: number | null;
	readonly outcome: Outcome | null;
	readonly looks: readonly ImportedLook[];
}

export interface ImportedRuns {
	readonly runs: readonly ImportedRun[];
	readonly columns: Columns;
}

/** Seed indices count from 0. A larger one is a mistake, and each costs memory. */
const mostSeeds = 10_000;

const phases: readonly TradeoffPhase[] = ["tuning", "selecting", "reporting"];

/** The phase of the ladder's runs, which choose the rate as tuning runs do. */
const ladder = "ladder" satisfies Phase;

/**
 * Runs of an exported study that compare batch sizes at equal budgets, beyond the goal, and those of the author's own setting. They are not
 * part of the tradeoff, and are left out.
 */
const isApart = (phase: string | null): boolean =>
	phase === "baseline" || phase?.startsWith("horizon ") === true || comparisonNames.some((name) => phase?.startsWith(`${name} `));

const outcomes: readonly Outcome[] = ["reached", "missed", "diverged", "stopped", "timed out", "out of memory", "failed"];

/**
 * The runs of a table, in the order of their first lines. A run is what agrees in batch size, learning rate and seed (and in momentum,
 * weight decay, further settings, phase, seed index and cap, where there are such columns). `examples`: the training-set size; `goal`: a
 * metric of the user's own is read only where the goal is on it; `settings`: titles of columns with further settings. Throws `data/damaged`
 * and `import/unusable`, with the line.
 */
export function runsOf(table: Table, examples: number, goal: Pick<Goal, "metric">, settings: readonly string[] = []): ImportedRuns {
	const columns = columnsOf(table.columns, table.name, isOwnMetric(goal) ? goal.metric : null, settings);
	const [metrics, decides] = [columns.metrics.map(({ name }) => name), goalMetric(goal)];
	const runs = new Map<string, Reading>();
	/** By what their settings read in the table: those of most lines are written like the line's before. */
	const asWritten = new Map<string, Reading>();
	const apart = new Set<string>();
	for (const row of table.rows) {
		const line = new Line(row, table, columns);
		const phase = line.text("phase");
		if (isApart(phase)) {
			apart.add(phase ?? "");
			continue;
		}
		const written = line.settings();
		const run = asWritten.get(written) ?? begun(runs, line, examples, () => new ThinnedLooks(metrics, decides));
		asWritten.set(written, run);
		run.looks.add(lookOf(line, columns.metrics, run.key.batchSize));
	}
	if (runs.size === 0) throw apart.size > 0 ? onlyApart(table.name, apart) : noRuns(table.name);
	return { columns, runs: lastRungs([...runs.values()]).map(({ key, looks }) => withLooks(key, () => inOrder(looks.all, table.name))) };
}

const noRuns = (name: string): SweetspotError =>
	new SweetspotError("import/unusable", `${name} has a header and no runs`, "give it one line for each evaluation");

const onlyApart = (name: string, phases: ReadonlySet<string>): SweetspotError =>
	new SweetspotError(
		"import/unusable",
		`all runs of ${name} have the phase ${[...phases].join(" or ")}: trainings of a planned length or an equal budget, or of the author's own setting, which show no steps to a goal`,
		"look at that study where it was made (`sweetspot show ID`), or import runs that end at the goal",
	);

interface Reading {
	readonly key: Omit<ImportedRun, "looks">;
	readonly looks: ThinnedLooks;
	/** A part of a run of the ladder, up to one of its rungs. */
	readonly isRung: boolean;
}

/** A run of the ladder is continued from rung to rung, and each part has all the looks so far: the last part is the run. */
function lastRungs(readings: readonly Reading[]): readonly Reading[] {
	const caps = new Map<string, number>();
	const nameOf = ({ key }: Reading) => JSON.stringify({ ...key, cap: null, outcome: null });
	for (const reading of readings)
		if (reading.key.phase === "tuning") caps.set(nameOf(reading), Math.max(caps.get(nameOf(reading)) ?? 0, reading.key.cap ?? 0));
	return readings.filter((reading) => !reading.isRung || reading.key.cap === null || reading.key.cap === caps.get(nameOf(reading)));
}

/** The run that a line is of, which may be its first. */
function begun(runs: Map<string, Reading>, line: Line, examples: number, looks: () => ThinnedLooks): Reading {
	const key = keyOf(line, examples);
	const isRung = line.text("phase") === ladder;
	const name = JSON.stringify({ ...key, outcome: null, isRung });
	// A copy: parts of a large text would keep all of it.
	const run = runs.get(name) ?? { key: structuredClone(key), looks: looks(), isRung };
	runs.set(name, run);
	if (run.key.outcome !== key.outcome)
		throw line.error("outcome", `"${key.outcome}", but "${run.key.outcome}" in an earlier line of the same run`);
	return run;
}

function withLooks(key: Omit<ImportedRun, "looks">, looks: () => readonly ImportedLook[]): ImportedRun {
	looks(); // so that problems with them are reported at once
	return {
		...key,
		/** Made on every access: the looks of all runs at once may exceed memory. */
		get looks() {
			return looks();
		},
	};
}

/** The columns that say which run a line is of, and how it ended. */
const ofRun = [
	"phase",
	"batchSize",
	"learningRate",
	"momentum",
	"weightDecay",
	"seed",
	"seedIndex",
	"cap",
	"outcome",
] as const satisfies readonly Meaning[];

/** One line of the table, read by meaning. */
class Line {
	constructor(
		readonly row: Row,
		private readonly table: Table,
		private readonly columns: Columns,
	) {}

	text(meaning: Meaning): string | null {
		const at = this.columns.places[meaning];
		return at === undefined || this.row.fields[at] === "" ? null : this.row.fields[at];
	}

	/** What the line says of its run, as it is written. */
	settings(): string {
		return [...ofRun.map((meaning) => this.text(meaning)), ...this.columns.flags.map(({ at }) => this.row.fields[at])].join("\0");
	}

	/** Null where there is no such column, or nothing in it. */
	number(meaning: Meaning, isFit: (value: number) => boolean, expected: string): number | null {
		const text = this.text(meaning);
		if (text === null) return null;
		const value = numberOf(text);
		if (value === undefined || !isFit(value)) throw this.error(meaning, `"${text}", expected ${expected}`);
		return value;
	}

	needed(meaning: Meaning, isFit: (value: number) => boolean, expected: string): number {
		const value = this.number(meaning, isFit, expected);
		if (value === null) throw this.error(meaning, `nothing, expected ${expected}`);
		return value;
	}

	/** The values of further settings; undefined where the table has none. */
	flags(): Flags | undefined {
		if (this.columns.flags.length === 0) return undefined;
		return Object.fromEntries(
			this.columns.flags.map(({ at, name }) => {
				const value = numberOf(this.row.fields[at]);
				if (value === undefined) throw this.errorAt(at, `"${this.row.fields[at]}", expected a number`);
				return [name, value];
			}),
		);
	}

	error(meaning: Meaning, found: string): SweetspotError {
		return this.errorAt(this.columns.places[meaning] ?? 0, found);
	}

	errorAt(at: number, found: string): SweetspotError {
		return new SweetspotError(
			"import/unusable",
			`${this.table.name}, line ${this.row.line}, column ${this.table.columns[at]}: found ${found}`,
			"correct the line, or remove it",
		);
	}
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function keyOf(line: Line, examples: number): Omit<ImportedRun, "looks"> {
	const word = <Word extends string>(meaning: Meaning, words: readonly Word[]): Word | null => {
		const text = line.text(meaning);
		const found = words.find((one) => one === text?.toLowerCase());
		if (text !== null && !found) throw line.error(meaning, `"${text}", expected one of ${words.join(", ")}`);
		return found ?? null;
	};
	const seed = line.text("seed");
	if (seed === null) throw line.error("seed", "nothing, expected a number or a name that tells the runs apart");
	const { from, to } = latticeRange;
	const momentum = line.number("momentum", (value) => value >= 0 && value < 1, "a number from 0 to below 1");
	const weightDecay = line.number("weightDecay", (value) => value >= 0, "a number of 0 or more");
	const flags = line.flags();
	return {
		phase: line.text("phase") === ladder ? "tuning" : word("phase", phases),
		batchSize: line.needed(
			"batchSize",
			(value) => isWhole(value) && value >= 1 && value <= examples,
			`a whole number from 1 to the ${examples} training examples (--examples)`,
		),
		learningRate: line.needed("learningRate", (value) => value >= from && value <= to, `a number from ${from} to ${to}`),
		...(momentum !== null && { momentum }),
		...(weightDecay !== null && { weightDecay }),
		...(flags && { flags }),
		seed,
		seedIndex: line.number("seedIndex", (value) => isWhole(value) && value < mostSeeds, `a whole number from 0 to ${mostSeeds - 1}`),
		cap: line.number("cap", (value) => isWhole(value) && value >= 1, "a whole number of 1 or more"),
		outcome: word("outcome", outcomes),
	};
}

function lookOf(line: Line, columns: readonly MetricColumn[], batchSize: number): ImportedLook {
	const metrics: Record<string, number> = {};
	let diverged = false;
	for (const { at, name, isError } of columns) {
		const field = line.row.fields[at];
		if (field === "") continue;
		if (/^[+-]?(nan|inf(inity)?)$/i.test(field)) {
			diverged = true;
			continue;
		}
		const value = numberOf(field);
		const isShare = isKnownShare(name);
		if (value === undefined || (isShare && !(value >= 0 && value <= 1)))
			throw line.errorAt(at, `"${field}", expected ${isShare ? "a share from 0 to 1 (95 % is 0.95)" : "a number"}`);
		metrics[name] = isError ? 1 - value : value;
	}
	const step = line.needed("step", isWhole, "a whole number of updates");
	const most = step * batchSize;
	return {
		line: line.row.line,
		step,
		examples: line.number("examples", (value) => isWhole(value) && value <= most, `a whole number of at most step × batch size, ${most}`),
		seconds: line.number("seconds", (value) => value >= 0, "a number of 0 or more"),
		metrics,
		diverged,
	};
}

/** By step; lines of the same step that don't contradict each other (one has the training loss, another the accuracy) become one. */
function inOrder(looks: readonly ImportedLook[], file: string): readonly ImportedLook[] {
	const ascends = looks.every(({ step }, i) => i === 0 || looks[i - 1].step <= step);
	const merged: ImportedLook[] = [];
	for (const look of ascends ? looks : [...looks].sort((a, b) => a.step - b.step || a.line - b.line)) {
		if (look.step === 0) continue; // the initial weights: nothing was trained
		const known = merged.at(-1);
		if (known?.step === look.step) merged[merged.length - 1] = merge(known, look, file);
		else merged.push(look);
	}
	if (merged.length > 0) return merged;
	throw new SweetspotError("import/unusable", `${file}, line ${looks[0].line}: this run has no line beyond step 0`, "leave the run out");
}

function merge(a: ImportedLook, b: ImportedLook, file: string): ImportedLook {
	const clash = Object.keys(b.metrics).find((name) => a.metrics[name] !== undefined && a.metrics[name] !== b.metrics[name]);
	if (clash === undefined) {
		const metrics = { ...a.metrics, ...b.metrics };
		return { ...a, metrics, examples: a.examples ?? b.examples, seconds: a.seconds ?? b.seconds, diverged: a.diverged || b.diverged };
	}
	throw new SweetspotError(
		"import/unusable",
		`${file}: lines ${a.line} and ${b.line} are of the same run and step ${a.step}, but ${clash} is ${a.metrics[clash]} in one and ${b.metrics[clash]} in the other`,
		"give each run a seed (or run) of its own; or, if runs differ in a further column, name it with --setting-keys",
	);
}
