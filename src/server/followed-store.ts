import { statSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../store/open.js";
import type { Store } from "../study/contracts.js";

/**
 * A store that is open for reading for as long as its file is the same one: it may be made after the server started, removed, or replaced
 * under it.
 */
export class FollowedStore {
	readonly folder: string;
	#store: Store | null = null;
	#file: string | null = null;
	/** Grows with every file that is opened or closed: what was read from an earlier file is no longer valid. */
	generation = 0;

	constructor(folder: string) {
		this.folder = folder;
	}

	/** The store as it is now; null while there is none. Throws `store/…` errors where it can't be read. */
	now(): Store | null {
		const file = identityOf(join(this.folder, "studies.sqlite"));
		if (file === this.#file && (this.#store !== null || file === null)) return this.#store;
		if (this.#store !== null) this.generation++;
		this.close();
		this.#store = openStore(this.folder, { mode: "read" });
		if (this.#store === null) return null; // empty as yet: looked at again the next time
		this.#file = file;
		this.generation++;
		return this.#store;
	}

	close(): void {
		this.#store?.close();
		this.#store = null;
		this.#file = null;
	}
}

/** Differs between files, even if one has taken the place of another. */
function identityOf(path: string): string | null {
	const stat = statSync(path, { throwIfNoEntry: false });
	return stat ? `${stat.dev} ${stat.ino}` : null;
}
