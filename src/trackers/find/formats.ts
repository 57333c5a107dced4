import { type Keep, keepAll } from "../curves.js";
import type { ConfigValue, TrackedRun } from "../run.js";

/** What a search for runs has found. */
export interface Found {
	/** Names the format in messages, and for `--from`. */
	readonly format: FormatName;
	readonly runs: readonly TrackedRun[];
}

export const formatNames = [
	"tensorboard",
	"wandb",
	"mlflow",
	"optuna",
	"trackio",
	"hugging-face",
	"lightning",
	"keras",
	"wandb-chart",
	"history",
	"table",
] as const;
export type FormatName = (typeof formatNames)[number];

/** How runs are read. */
export interface Reading {
	readonly keep: Keep;
	/** Called with the number of rows read since the last call. */
	onRows(rows: number): void;
}

export const readAll: Reading = { keep: keepAll, onRows: () => {} };

/** The files to examine, read on demand. */
export interface Folder {
	/** Absolute. */
	readonly root: string;
	/** Relative to it. */
	readonly files: ReadonlySet<string>;
	/** The first bytes of a file, unchanged. */
	begin(file: string): Promise<Uint8Array>;
	/** Unpacked where they are gzipped. */
	read(file: string): Promise<Uint8Array>;
}

export type Config = ReadonlyMap<string, ConfigValue>;
