import type { Migration } from "./migration.js";

/**
 * Makes the first version of the store out of an empty file. Frozen from the first release on: later changes are migrations of their own.
 */
export const initial: Migration = [
	// A separate table, since every write of a trial touches it: this costs only its one page. Row 0 is the store's.
	"CREATE TABLE revisions (study INTEGER PRIMARY KEY, revision INTEGER NOT NULL) STRICT",
	"INSERT INTO revisions VALUES (0, 0)",
	`CREATE TABLE studies (
		key INTEGER PRIMARY KEY,
		id TEXT NOT NULL UNIQUE,
		hash TEXT NOT NULL,
		state TEXT NOT NULL,
		created TEXT NOT NULL,
		seconds REAL NOT NULL,
		study TEXT NOT NULL,
		digest TEXT,
		version TEXT NOT NULL,
		backend TEXT NOT NULL,
		generation INTEGER NOT NULL,
		checksum INTEGER
	) STRICT`,
	"CREATE INDEX studies_by_hash ON studies (hash)",
	`CREATE TABLE trials (
		key INTEGER PRIMARY KEY,
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		phase TEXT NOT NULL,
		batch_size INTEGER NOT NULL,
		learning_rate REAL NOT NULL,
		momentum REAL,
		weight_decay REAL,
		flags TEXT,
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
		reached_after INTEGER,
		reached_step INTEGER,
		reached_examples INTEGER,
		before_steps INTEGER,
		before_examples INTEGER,
		seconds REAL NOT NULL,
		message TEXT,
		backend TEXT,
		clock_steps INTEGER,
		clock_seconds REAL,
		clock_start_up INTEGER,
		machine TEXT,
		checksum INTEGER NOT NULL
	) STRICT`,
	// A constraint on the table would treat two NULLs as different.
	`CREATE UNIQUE INDEX trials_once ON trials (
		study, phase, batch_size, learning_rate, ifnull(momentum, -1), ifnull(weight_decay, -1), ifnull(flags, ''), seed_index, cap
	)`,
	`CREATE TABLE evaluations (
		trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE,
		metrics TEXT NOT NULL,
		checksum INTEGER NOT NULL,
		data BLOB NOT NULL
	) STRICT`,
	"CREATE TABLE probes (trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE, data BLOB NOT NULL) STRICT",
	"CREATE TABLE gradient_norms (trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE, data BLOB NOT NULL) STRICT",
	"CREATE TABLE calibrations (study INTEGER PRIMARY KEY REFERENCES studies ON DELETE CASCADE, machine TEXT NOT NULL) STRICT",
	`CREATE TABLE step_times (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER NOT NULL,
		passes BLOB NOT NULL,
		start_up INTEGER NOT NULL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
	`CREATE TABLE test_results (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER NOT NULL,
		seed_index INTEGER NOT NULL,
		loss REAL NOT NULL,
		accuracy REAL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
	`CREATE TABLE extensions (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER,
		trials INTEGER NOT NULL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
	// What a study has in addition to its trials: its calibration, its test results and its extensions, each of them as a whole.
	`CREATE TABLE checksums (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		kind TEXT NOT NULL,
		checksum INTEGER NOT NULL,
		PRIMARY KEY (study, kind)
	) STRICT, WITHOUT ROWID`,
	`CREATE TABLE experiments (
		key INTEGER PRIMARY KEY,
		experiment TEXT NOT NULL,
		settings TEXT NOT NULL,
		hash TEXT NOT NULL,
		state TEXT NOT NULL,
		created TEXT NOT NULL,
		seconds REAL NOT NULL,
		digest TEXT,
		version TEXT NOT NULL,
		checksum INTEGER
	) STRICT`,
	"CREATE INDEX experiments_by_hash ON experiments (hash)",
	`CREATE TABLE experiment_results (
		run INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
		place INTEGER NOT NULL,
		result TEXT NOT NULL,
		checksum INTEGER NOT NULL,
		PRIMARY KEY (run, place)
	) STRICT, WITHOUT ROWID`,
];
