import type { Migration } from "./migration.js";

/** What trials of training scripts have: the clock of their steps, the machine they ran on, and squared gradient norms at two batch sizes. */
export const scripts: Migration = [
	"ALTER TABLE trials ADD COLUMN clock_steps INTEGER",
	"ALTER TABLE trials ADD COLUMN clock_seconds REAL",
	"ALTER TABLE trials ADD COLUMN clock_start_up INTEGER",
	"ALTER TABLE trials ADD COLUMN machine TEXT",
	"ALTER TABLE step_times ADD COLUMN start_up INTEGER NOT NULL DEFAULT 0",
	"CREATE TABLE gradient_norms (trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE, data BLOB NOT NULL) STRICT",
];
