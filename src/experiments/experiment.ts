import type { Canvas } from "../charts/draw.js";
import type { Json, Plain } from "../core/canonical.js";
import type { ReadBytes } from "../data/source.js";
import type { VectorProducts } from "../engine/native-products.js";
import type { ClaimFinding, ClaimId, Finding } from "./claims/claim.js";
import { type Family, judged, widened } from "./claims/significance.js";
import { claims as ledger } from "./claims/table.js";
import type { SubjectName } from "./lab/subjects.js";
import type { Work } from "./work.js";

/** "quick": the same question on less data or fewer seeds, within a minute; "full": at the published size. */
export type Size = "quick" | "full";

/** What was asked for, apart from the experiment itself. */
export interface Asked {
	readonly size: Size;
	/** Every draw of the experiment descends from it. */
	readonly seed: number;
	/** One of the experiment's `data`; null: its own. */
	readonly data: SubjectName | null;
}

/** A table of the report. Cells are texts, rounded to what their intervals support. */
export interface Table {
	readonly title: string;
	readonly columns: readonly { readonly title: string; readonly numeric: boolean }[];
	readonly rows: readonly (readonly string[])[];
}

/** A chart of the report. */
export interface Chart {
	/** Unique within the experiment; names its file. */
	readonly id: string;
	readonly title: string;
	/** What its signs mean. */
	readonly caption: string;
	readonly draw: (canvas: Canvas) => SVGSVGElement;
}

/** What an experiment found. */
export interface Conclusion {
	/** The figures, with intervals over seeds: what `--json` prints. */
	readonly results: Json;
	/** The result in plain words, made from the figures; the first sentence answers the question. */
	readonly words: readonly string[];
	readonly tables: readonly Table[];
	readonly charts: readonly Chart[];
	/** One for each claim that the experiment bears on, in that order. */
	readonly claims: readonly ClaimFinding[];
}

/**
 * What an experiment is given to run its tasks with: the same object for all tasks of a run in one thread, so that they share what they
 * open.
 */
export interface Tools {
	readonly read: ReadBytes;
	/** Computes large matrix products; by default WebAssembly does. */
	readonly native?: VectorProducts | null;
}

/**
 * An experiment as its author writes it. `Settings`, `Task` and `Result` are plain JSON: settings are hashed, tasks handed to worker
 * threads, results stored. A result is a function of its task alone, so that a rerun, another number of workers or a crash in between
 * change nothing. What it found is made of the figures that its results give.
 */
export interface Definition<Settings, Task, Result, Figures, Id extends ClaimId> {
	readonly id: string;
	/** In one sentence. */
	readonly question: string;
	/** What is done, in a paragraph: enough to repeat it with the settings. Names no data that `--data` can change. */
	readonly method: string;
	/** What it can be run on, its own first; empty where it makes its data itself. */
	readonly data: readonly SubjectName[];
	/** The product's rows it makes true. */
	readonly rows: readonly string[];
	/** Those it bears on. */
	readonly claims: readonly Id[];
	/**
	 * Which of its tasks measure time (true: all): they run first, one at a time, with nothing else of the experiment running, and the digest
	 * leaves out what they measured.
	 */
	readonly timed: boolean | ((task: Task) => boolean);
	settings(asked: Asked): Settings & Plain<Settings>;
	/** Independent of each other; the long ones first, so that the last worker isn't left alone with one. */
	tasks(settings: Settings): readonly (Task & Plain<Task>)[];
	/** What a task computes, for estimates of time. Null, or none at all: it can't be said beforehand. */
	work?(task: Task): Work | null;
	run(task: Task, tools: Tools): Promise<Result & Plain<Result>>;
	/** `results`: in the order of the tasks. */
	figures(settings: Settings, results: readonly Result[]): Figures;
	/** What of the figures `--json` prints. */
	results(figures: Figures): Json;
	words(figures: Figures, settings: Settings): readonly string[];
	tables(figures: Figures, settings: Settings): readonly Table[];
	charts(figures: Figures, settings: Settings): readonly Chart[];
	findings(figures: Figures, settings: Settings): Readonly<Record<Id, Finding>>;
	/** Of the intervals in its figures that claims are judged by. */
	family(settings: Settings): Family;
}

/** An experiment whose own types no other code needs to know: they are JSON. */
export interface Experiment {
	readonly id: string;
	readonly question: string;
	readonly method: string;
	readonly data: readonly SubjectName[];
	readonly rows: readonly string[];
	readonly claims: readonly ClaimId[];
	isTimed(task: Json): boolean;
	settings(asked: Asked): Json;
	tasks(settings: Json): readonly Json[];
	/** Null: it can't be said beforehand. */
	work(task: Json): Work | null;
	run(task: Json, tools: Tools): Promise<Json>;
	conclude(settings: Json, results: readonly Json[]): Conclusion;
}

/** Hides an experiment's own types. What comes back as JSON is what went out as such: it was written by this very definition. */
export function defineExperiment<Settings, Task, Result, Figures, Id extends ClaimId>(
	definition: Definition<Settings, Task, Result, Figures, Id>,
): Experiment {
	const { id, question, method, data, rows, claims, timed } = definition;
	return {
		id,
		question,
		method,
		data,
		rows,
		claims,
		isTimed: (task) => (typeof timed === "boolean" ? timed : timed(task as Task)),
		settings: (asked) => definition.settings(asked) as Json,
		tasks: (settings) => definition.tasks(settings as Settings) as readonly Json[],
		work: (task) => definition.work?.(task as Task) ?? null,
		run: async (task, tools) => (await definition.run(task as Task, tools)) as Json,
		conclude(json, results) {
			const settings = json as Settings;
			const figures = definition.figures(settings, results as readonly Result[]);
			const findings = definition.findings(figures, settings);
			const findingsAt = (widen: number) => definition.findings(widened(figures, widen), settings);
			const cells = judged(findingsAt, claims, definition.family(settings), (claim) => ledger[claim].definition);
			return {
				results: definition.results(figures),
				words: definition.words(figures, settings),
				tables: definition.tables(figures, settings),
				charts: definition.charts(figures, settings),
				claims: claims.map((claim) => ({ id: claim, ...findings[claim], cells: cells[claim] })),
			};
		},
	};
}
