import type { Migration } from "./migration.js";

/** Runs of experiments, with a result for each task that is done: canonical JSON. */
export const experiments: Migration = [
	`CREATE TABLE experiments (
		key INTEGER PRIMARY KEY,
		experiment TEXT NOT NULL,
		settings TEXT NOT NULL,
		hash TEXT NOT NULL,
		state TEXT NOT NULL,
		created TEXT NOT NULL,
		seconds REAL NOT NULL,
		digest TEXT,
		version TEXT NOT NULL
	) STRICT`,
	"CREATE INDEX experiments_by_hash ON experiments (hash)",
	`CREATE TABLE experiment_results (
		run INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
		place INTEGER NOT NULL,
		result TEXT NOT NULL,
		PRIMARY KEY (run, place)
	) STRICT, WITHOUT ROWID`,
];
