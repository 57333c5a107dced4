import type { Migration } from "./migration.js";

/** A regression's test results have no accuracy. A constraint can't be changed in place, so the table is made anew. */
export const regression: Migration = [
	`CREATE TABLE new_test_results (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER NOT NULL,
		seed_index INTEGER NOT NULL,
		loss REAL NOT NULL,
		accuracy REAL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
	"INSERT INTO new_test_results SELECT study, position, batch_size, seed_index, loss, accuracy FROM test_results",
	"DROP TABLE test_results",
	"ALTER TABLE new_test_results RENAME TO test_results",
];
