import { SweetspotError } from "../../core/errors.js";
import type { Keep } from "../curves.js";
import { MlflowRows, mlflowPlan } from "../mlflow/database.js";
import { OptunaRows, optunaPlan } from "../optuna/database.js";
import type { TrackedRun } from "../run.js";
import type { SqlPlan, SqlValue } from "../sql/plan.js";
import { readDatabase } from "../sql/read.js";
import { TrackioRows, trackioPlan } from "../trackio.js";
import type { FormatName, Found, Reading } from "./formats.js";

interface Rows {
	add(query: number, values: readonly SqlValue[]): void;
	runs(): TrackedRun[];
}

const kinds: readonly { readonly plan: SqlPlan; readonly format: FormatName; readonly rows: (keep: Keep) => Rows }[] = [
	{ plan: mlflowPlan, format: "mlflow", rows: (keep) => new MlflowRows(keep) },
	{ plan: optunaPlan, format: "optuna", rows: () => new OptunaRows() },
	{ plan: trackioPlan, format: "trackio", rows: (keep) => new TrackioRows(keep) },
];

export const isDatabase = (bytes: Uint8Array): boolean => new TextDecoder().decode(bytes.subarray(0, 15)) === "SQLite format 3";

/** The runs in a SQLite file; null if it isn't a tracker's. Throws `data/damaged`. */
export async function runsOfDatabase(path: string, file: string, bytes: number, { keep, onRows }: Reading): Promise<Found | null> {
	let found: { readonly format: FormatName; readonly rows: Rows } | undefined;
	await readDatabase(
		{ path, file, bytes },
		kinds.map(({ plan }) => plan),
		(kind) => {
			const known = kinds.find(({ plan }) => plan.kind === kind);
			if (known) found = { format: known.format, rows: known.rows(keep) };
		},
		(query, values) => {
			found?.rows.add(query, values);
			onRows(1);
		},
	);
	return found ? { format: found.format, runs: found.rows.runs() } : null;
}

/** A database of an unknown kind. */
export const unknownDatabase = (file: string): SweetspotError =>
	new SweetspotError(
		"import/unusable",
		`${file} is a SQLite database, but none of MLflow (version 1.10 or later), Optuna (3 or later) or trackio`,
		"export its runs as a table: docs/import.md says what columns it needs",
	);
