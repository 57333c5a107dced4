import type { Migration } from "./migration.js";

/**
 * Trials may differ in momentum and weight decay, too. The constraint that says which trials are equal can't be changed in place, so the table is made anew (the way that SQLite's
 * documentation of ALTER TABLE gives); rows keep their keys, by which evaluations and probes find them. NULLs count as different in a constraint: hence the index on expressions.
 */
export const settings: Migration = [
	`CREATE TABLE new_trials (
		key INTEGER PRIMARY KEY,
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		phase TEXT NOT NULL,
		batch_size INTEGER NOT NULL,
		learning_rate REAL NOT NULL,
		momentum REAL,
		weight_decay REAL,
		seed_index INTEGER NOT NULL,
		seed INTEGER NOT NULL,
		cap INTEGER NOT NULL,
		until TEXT NOT NULL,
		curves INTEGER NOT NULL,
		probe INTEGER NOT NULL,
		outcome TEXT NOT NULL,
		steps INTEGER NOT NULL,
		examples INTEGER NOT NULL,
		first_after INTEGER,
		first_step INTEGER,
		first_examples INTEGER,
		sustained_after INTEGER,
		sustained_step INTEGER,
		sustained_examples INTEGER,
		seconds REAL NOT NULL,
		message TEXT,
		backend TEXT
	) STRICT`,
	`INSERT INTO new_trials
		SELECT key, study, phase, batch_size, learning_rate, NULL, NULL, seed_index, seed, cap, until, curves, probe, outcome, steps, examples,
			first_after, first_step, first_examples, sustained_after, sustained_step, sustained_examples, seconds, message, backend
		FROM trials`,
	"DROP TABLE trials",
	"ALTER TABLE new_trials RENAME TO trials",
	`CREATE UNIQUE INDEX trials_once ON trials (
		study, phase, batch_size, learning_rate, ifnull(momentum, -1), ifnull(weight_decay, -1), seed_index, cap
	)`,
];
