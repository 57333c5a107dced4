import type { Migration } from "./migration.js";

/** What computes a study's matrix products, and by which library, of which version, each trial's large ones were (NULL: none). */
export const backend: Migration = [
	"ALTER TABLE studies ADD COLUMN backend TEXT NOT NULL DEFAULT 'wasm'",
	"ALTER TABLE trials ADD COLUMN backend TEXT",
];
