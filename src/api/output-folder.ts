import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SweetspotError } from "../core/errors.js";
import { storeHolding } from "../store/own-files.js";

/** A folder that a user names for us to fill: it must not be there yet, or be empty. */
export interface OutputFolder {
	readonly path: string;
	/** What named it, such as `--out`. */
	readonly flag: string;
}

/** Throws `output/refused` where the folder has something in it already, is not a folder, or is a part of a store. */
export function checkOutputFolder({ path, flag }: OutputFolder): void {
	const refused = (found: string) => new SweetspotError("output/refused", `${path} ${found}`, `name a new folder with ${flag}`);
	const found = statSync(path, { throwIfNoEntry: false });
	if (found && !found.isDirectory()) throw refused("is no folder");
	if (found && readdirSync(path).length > 0) throw refused("has something in it already");
	if (storeHolding(resolve(path)) !== null) throw refused("is a part of a store");
}

/**
 * Fills the folder under another name next to it and renames it: killed at any instant, all of it is there or nothing. Throws
 * `export/unwritable`.
 */
export function writeOutputFolder(
	folder: OutputFolder,
	files: Iterable<{ readonly path: string; readonly parts: Iterable<Uint8Array> }>,
): void {
	checkOutputFolder(folder);
	const target = resolve(folder.path);
	let draft: string | undefined;
	try {
		draft = mkdtempSync(join(dirname(target), ".sweetspot-"));
		for (const { path, parts } of files) {
			const file = join(draft, path);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, Buffer.concat([...parts]));
		}
		if (statSync(target, { throwIfNoEntry: false })) rmdirSync(target); // it is empty
		renameSync(draft, target);
	} catch (cause) {
		if (draft !== undefined) rmSync(draft, { recursive: true, force: true });
		throw new SweetspotError(
			"export/unwritable",
			`${folder.path} (${(cause as Error).message})`,
			`name a writable folder with ${folder.flag}`,
			{
				cause,
			},
		);
	}
}
