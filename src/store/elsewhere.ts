import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.js";

/** A study that goes on without a process of this machine, as noted in the store's folder. */
export interface Elsewhere {
	/** The study's. */
	readonly id: string;
	/** Absolute: the shared folder that has what was found out meanwhile. */
	readonly folder: string;
	/** Part of its jobs' names. */
	readonly tag: string;
	/** The snapshot that was last taken in. */
	readonly taken: number;
}

const folderIn = (store: string): string => join(store, "elsewhere");
const fileOf = (store: string, id: string): string => join(folderIn(store), `${id}.json`);

export function noteElsewhere(store: string, note: Elsewhere): void {
	makeFolder(folderIn(store), 0o700);
	const file = fileOf(store, note.id);
	writeFileSync(`${file}.${process.pid}`, JSON.stringify(note), { mode: 0o600 });
	renameSync(`${file}.${process.pid}`, file);
}

/** Whether a study is noted to go on elsewhere. */
export const isElsewhere = (store: string, id: string): boolean => existsSync(fileOf(store, id));

/** All that are noted. A note that can't be read is left out. */
export function allElsewhere(store: string): readonly Elsewhere[] {
	if (!existsSync(folderIn(store))) return [];
	return readdirSync(folderIn(store)).flatMap((name) => {
		if (!name.endsWith(".json")) return [];
		try {
			return JSON.parse(readFileSync(join(folderIn(store), name), "utf8")) as Elsewhere;
		} catch {
			return [];
		}
	});
}

export function forgetElsewhere(store: string, id: string): void {
	rmSync(fileOf(store, id), { force: true });
	try {
		rmdirSync(folderIn(store)); // refused where others are noted
	} catch {}
}
