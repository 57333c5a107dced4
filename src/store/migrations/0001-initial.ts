import type { Migration } from "./migration.js";

/** The store of Sweetspot 0.1. Frozen: stores written by it exist; a change is a new migration. */
export const initial: Migration = [
	`CREATE TABLE studies (
		key INTEGER PRIMARY KEY,
		id TEXT NOT NULL UNIQUE,
		hash TEXT NOT NULL,
		state TEXT NOT NULL,
		created TEXT NOT NULL,
		seconds REAL NOT NULL,
		study TEXT NOT NULL,
		digest TEXT,
		version TEXT NOT NULL
	) STRICT`,
	"CREATE INDEX studies_by_hash ON studies (hash)",
	`CREATE TABLE trials (
		key INTEGER PRIMARY KEY,
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		phase TEXT NOT NULL,
		batch_size INTEGER NOT NULL,
		learning_rate REAL NOT NULL,
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
		UNIQUE (study, phase, batch_size, learning_rate, seed_index, cap)
	) STRICT`,
	"CREATE TABLE evaluations (trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE, metrics TEXT NOT NULL, data BLOB NOT NULL) STRICT",
	"CREATE TABLE probes (trial INTEGER PRIMARY KEY REFERENCES trials ON DELETE CASCADE, data BLOB NOT NULL) STRICT",
	"CREATE TABLE calibrations (study INTEGER PRIMARY KEY REFERENCES studies ON DELETE CASCADE, machine TEXT NOT NULL) STRICT",
	`CREATE TABLE step_times (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER NOT NULL,
		passes BLOB NOT NULL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
	`CREATE TABLE test_results (
		study INTEGER NOT NULL REFERENCES studies ON DELETE CASCADE,
		position INTEGER NOT NULL,
		batch_size INTEGER NOT NULL,
		seed_index INTEGER NOT NULL,
		loss REAL NOT NULL,
		accuracy REAL NOT NULL,
		PRIMARY KEY (study, position)
	) STRICT, WITHOUT ROWID`,
];
