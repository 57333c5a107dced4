import { rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The folder of the live files, in the store's folder. */
export const liveFolder = (store: string): string => join(store, "live");

/** The live file of the study with this id. */
export const liveFile = (store: string, id: string): string => join(liveFolder(store), `${id}.ndjson`);

/** Where a live file is written before it takes its place. */
export const draftOf = (file: string): string => `${file}.new`;

/** Removes the live file of a study; with the last one, the folder. Never throws: a file that can't be removed is stale, and harmless. */
export function removeLive(store: string, id: string): void {
	const file = liveFile(store, id);
	try {
		for (const path of [file, draftOf(file)]) rmSync(path, { force: true });
		rmdirSync(liveFolder(store)); // refused where others are in it
	} catch {}
}

/** Removes what killed runs have left. Only for the store's writer, while no run is live. Never throws. */
export function removeAllLive(store: string): void {
	try {
		rmSync(liveFolder(store), { recursive: true, force: true });
	} catch {}
}
