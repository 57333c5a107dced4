import type { Migration } from "./migration.js";

/** Trials granted to studies that had ended undecided, in order. A batch size of NULL: granted to the study's budget of trials. */
export const extensions: Migration = [
	`CREATE TABLE extensions (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER,
		trials INTEGER NOT NULL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
];
