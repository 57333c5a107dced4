import { type Keep, keepAll } from "../curves.js";
import type { ConfigValue, TrackedRun } from "../run.js";

/** What is found where runs are looked for. */
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
	/** So many rows more were read. */
	onRows(rows: number): void;
}

export const readAll: Reading = { keep: keepAll, onRows: () => {} };

/** The files that are looked at, read as they are asked for. */
export interface Folder {
	/** Absolute. */
	readonly root: string;
	/** Relative to it. */
	readonly files: ReadonlySet<string>;
	/** The first bytes of a file, as they lie. */
	begin(file: string): Promise<Uint8Array>;
	/** Unpacked where they are gzipped. */
	read(file: string): Promise<Uint8Array>;
}

export type Config = ReadonlyMap<string, ConfigValue>;
