import type { Generated } from "kysely";
import type { Outcome, Phase, TrialSpec } from "../core/trial.js";
import type { StoredStudy } from "../study/contracts.js";
import type { ExperimentRun } from "../study/experiment-runs.js";

/** 0 or 1: SQLite has no booleans. */
type Flag = 0 | 1;

/**
 * The columns of each table, as `migrations/` leaves them. `key` columns are in order of insertion. The key of a study or trial is the
 * revision that wrote it, so none is used twice, not even after a study was removed: a key never leads to another study's row.
 */
export interface Tables {
	revisions: RevisionsTable;
	studies: StudiesTable;
	trials: TrialsTable;
	evaluations: EvaluationsTable;
	probes: ProbesTable;
	gradient_norms: ProbesTable;
	calibrations: CalibrationsTable;
	step_times: StepTimesTable;
	test_results: TestResultsTable;
	extensions: ExtensionsTable;
	checksums: ChecksumsTable;
	experiments: ExperimentsTable;
	experiment_results: ExperimentResultsTable;
}

interface RevisionsTable {
	/** 0: the whole store. */
	study: number;
	/** The store's goes up by one with every transaction that writes; a study's is the store's of the last one that wrote something of it. */
	revision: number;
}

export interface StudiesTable {
	key: number;
	id: string;
	hash: string;
	state: StoredStudy["state"];
	created: string;
	seconds: number;
	/** Canonical JSON of the resolved study. */
	study: string;
	digest: string | null;
	version: string;
	backend: StoredStudy["backend"];
	/** The revision that created or last restated the study: what was read of it before must be read again. */
	generation: number;
	/** Of all other columns; see `checksums.ts`. NULL only within the transaction that makes the row. */
	checksum: number | null;
}

export interface TrialsTable {
	key: number;
	study: number;
	phase: Phase;
	batch_size: number;
	learning_rate: number;
	/** NULL where the study doesn't search it, as is the weight decay. */
	momentum: number | null;
	weight_decay: number | null;
	/** JSON of the values of the author's own placeholders; NULL where none are searched. */
	flags: string | null;
	seed_index: number;
	seed: number;
	cap: number;
	until: TrialSpec["until"];
	curves: Flag;
	probe: Flag;
	outcome: Outcome;
	steps: number;
	examples: number;
	/** The three columns of a crossing are NULL together. */
	first_after: number | null;
	first_step: number | null;
	first_examples: number | null;
	reached_after: number | null;
	reached_step: number | null;
	reached_examples: number | null;
	/** What an earlier trial of the same run trained; the two are NULL together. */
	before_steps: number | null;
	before_examples: number | null;
	seconds: number;
	/** A JSON string, not plain text: libsql cuts a text at its first NUL, which the output of a training script may contain. */
	message: string | null;
	/** NULL if our own kernels did everything. */
	backend: string | null;
	/** The three are NULL together. */
	clock_steps: number | null;
	clock_seconds: number | null;
	clock_start_up: Flag | null;
	machine: string | null;
	/** Of all other columns, of the probes and gradient norms, and of the checksum of the evaluations. */
	checksum: number;
}

interface EvaluationsTable {
	trial: number;
	/** Names of the metrics in `data`, in their order there, with commas between them. */
	metrics: string;
	/** Of all other columns. */
	checksum: number;
	/** See `records/packing.ts`. */
	data: Uint8Array | ArrayBuffer;
}

interface ProbesTable {
	trial: number;
	/** See `records/packing.ts`. */
	data: Uint8Array | ArrayBuffer;
}

interface CalibrationsTable {
	study: number;
	machine: string;
}

interface StepTimesTable {
	study: number;
	/** Place within the calibration. */
	position: number;
	batch_size: number;
	/** Seconds per step of each pass: float64, little-endian. */
	passes: Uint8Array | ArrayBuffer;
	start_up: Flag;
}

interface TestResultsTable {
	study: number;
	position: number;
	batch_size: number;
	seed_index: number;
	loss: number;
	/** NULL where nothing is classified. */
	accuracy: number | null;
}

interface ExtensionsTable {
	study: number;
	/** Place among the study's extensions. */
	position: number;
	batch_size: number | null;
	trials: number;
}

interface ChecksumsTable {
	study: number;
	kind: FactKind;
	checksum: number;
}

/** What a study has in addition to its trials. */
export type FactKind = "calibration" | "extensions" | "tests";

export interface ExperimentsTable {
	key: Generated<number>;
	experiment: string;
	/** Canonical JSON. */
	settings: string;
	hash: string;
	state: ExperimentRun["state"];
	created: string;
	seconds: number;
	digest: string | null;
	version: string;
	checksum: number | null;
}

export interface ExperimentResultsTable {
	run: number;
	/** Of the task, among the experiment's tasks. */
	place: number;
	/** Canonical JSON. */
	result: string;
	checksum: number;
}
