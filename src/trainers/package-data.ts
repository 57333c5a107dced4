import { readFile } from "node:fs/promises";
import { SweetspotError } from "../core/errors.js";
import type { ReadPackaged } from "../data/source.js";

/** Reads a file of the `data/` folder that ships with the package. */
export const readPackaged: ReadPackaged = async (name) => {
	const file = new URL(`../../data/${name}`, import.meta.url);
	try {
		return new Uint8Array(await readFile(file));
	} catch (cause) {
		throw new SweetspotError("data/not-found", `${file.pathname} should have come with the package`, "install Sweetspot again", { cause });
	}
};
