import { readFile } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { stripTypes } from "./strip-types.js";

/** Hooks of Node's module loader, registered by `import-module.ts`; they run in a thread of Node's own. */
const entry = new URL("../index.js", import.meta.url).href;

export const resolve: ResolveHook = async (specifier, context, next) => {
	try {
		return await next(specifier, context);
	} catch (error) {
		if (specifier !== "sweetspot") throw error;
		return { url: entry, shortCircuit: true };
	}
};

export const load: LoadHook = async (url, context, next) => {
	if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
	const file = fileURLToPath(url);
	return { format: "module", source: await stripTypes(await readFile(file, "utf8"), file), shortCircuit: true };
};
