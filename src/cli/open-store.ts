import { SweetspotError } from "../core/errors.js";
import { allElsewhere } from "../store/elsewhere.js";
import { locateStore } from "../store/locate.js";
import { openStore } from "../store/open.js";
import type { Store } from "../study/contracts.js";
import { isOn, type RawOptions, textOf } from "./options.js";
import type { Shell } from "./shell.js";

/** The folder of the store: the one named, else the nearest `.sweetspot` upwards from here, else a new one here. */
export const storeFolder = (shell: Shell, options: RawOptions): string =>
	textOf(options, "store", shell.environment) ?? locateStore(process.cwd());

/**
 * Takes into the store what studies have found out that were detached into a cluster, and says how they are; of one study, if its id is
 * given. To be called before the store is opened.
 */
export async function takeInDetached(shell: Shell, options: RawOptions, id?: string): Promise<void> {
	const folder = storeFolder(shell, options);
	if (allElsewhere(folder).length === 0) return;
	const { refreshDetached } = await import("../api/detached/refresh.js");
	for (const about of await refreshDetached(folder))
		if ((id === undefined || about.id.startsWith(id)) && !isOn(options, "quiet", shell.environment)) shell.say(about.text);
}

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
