import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import type { Frame } from "./shares.js";

/** Finds the source of a function of the bundled program; of any other, its own file. */
export function sourcesOfBundle(): (frame: Frame) => string {
	const maps = new Map<string, SourceMap | null>();
	return ({ url, lineNumber, columnNumber }) => {
		let map = maps.get(url);
		if (map === undefined) {
			map = mapOf(url);
			maps.set(url, map);
		}
		const entry = map?.findEntry(lineNumber, columnNumber);
		return entry && "originalSource" in entry ? entry.originalSource : url;
	};
}

function mapOf(url: string): SourceMap | null {
	if (!url.startsWith("file:")) return null;
	const file = `${fileURLToPath(url)}.map`;
	return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, "utf8"))) : null;
}
