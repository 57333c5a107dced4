import { sheet } from "../page/sheet.js";
import { playgroundDocument } from "./document.js";
import { playgroundFiles, playgroundVersion } from "./files.generated.js";
import { playgroundStyles } from "./sheet.js";

/**
 * The playground's files by name, for a host that serves them from one folder. The data that come with the package lie next to them as
 * `digits.bin`.
 */
export const playgroundSite = (version: string): Readonly<Record<string, string>> => ({
	...playgroundFiles,
	"playground.css": sheet + playgroundStyles,
	"index.html": playgroundDocument({ styles: at("playground.css"), script: at("main.js"), ...filesAt(at), nav: null }, version),
});

/** What the page loads by itself, each where `place` has it. */
export const filesAt = (place: (name: string) => string) => ({
	lane: place("lane.js"),
	race: place("race.js"),
	charts: place("race-charts.js"),
});

/** With the version, so that a host may let browsers keep it. */
export const at = (name: string): string => `${name}?v=${playgroundVersion}`;
