import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../study/contracts.js";
import { scriptFolders } from "../trainers/command/files.js";
import { requireNotDetached } from "./detached/require-not-detached.js";

/** Deletes a study with its trials, and what its scripts printed. */
export function removeStudy(store: Store, id: string): void {
	requireNotDetached(store.folder, id);
	store.remove(id);
	if (store.folder === null) return;
	for (const folder of scriptFolders) rmSync(join(store.folder, folder, id), { recursive: true, force: true });
}
