import { SweetspotError } from "../core/errors.js";
import { locateStore } from "../store/locate.js";
import { openStore } from "../store/open.js";
import type { Store } from "../study/contracts.js";
import { type RawOptions, textOf } from "./options.js";
import type { Shell } from "./shell.js";

/** The folder of the store: the one named, else the nearest `.sweetspot` upwards from here, else a new one here. */
export const storeFolder = (shell: Shell, options: RawOptions): string =>
	textOf(options, "store", shell.environment) ?? locateStore(process.cwd());

/** Opens the store to write, creating it where there is none. Throws `store/…` errors. */
export const openForWriting = (shell: Shell, options: RawOptions): Store => openStore(storeFolder(shell, options), { mode: "write" });

/** Opens the store to read; null where there is none yet. */
export const openForReading = (shell: Shell, options: RawOptions): Store | null => openStore(storeFolder(shell, options), { mode: "read" });

/** Opens a store that must be there, to read. Throws `store/no-such-study` where there is none. */
export function openExisting(shell: Shell, options: RawOptions, id: string): Store {
	const store = openForReading(shell, options);
	if (store) return store;
	const folder = storeFolder(shell, options);
	throw new SweetspotError(
		"store/no-such-study",
		`${id}: there is no store at ${folder}`,
		"name its folder with --store, or run `sweetspot tune` first",
	);
}
