import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../study/contracts.js";
import { scriptFolders } from "../trainers/command/files.js";

/** Deletes a study with its trials, and what its scripts printed. */
export function removeStudy(store: Store, id: string): void {
	store.remove(id);
	if (store.folder === null) return;
	for (const folder of scriptFolders) rmSync(join(store.folder, folder, id), { recursive: true, force: true });
}
