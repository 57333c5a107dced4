import { readdirSync, readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Sources find their neighbours by `import.meta.url`, which in a bundle is the bundle's own. With this plugin each keeps the place that it
 * has below dist/. `folder`: of the bundle, below dist/. `main`: the source that needs the bundle's own place.
 */
export const places = (folder: string, main?: string): Plugin => ({
	name: "places",
	setup(own) {
		own.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => {
			if (!path.startsWith(`${root}src/`) || path === main) return undefined;
			const text = readFileSync(path, "utf8");
			if (!text.includes("import.meta.url")) return undefined;
			const place = relative(`${root}src/${folder}`, path).replace(/\.ts$/, ".js");
			return {
				contents: text.replaceAll("import.meta.url", `new URL(${JSON.stringify(place)}, import.meta.url).href`),
				loader: "ts",
			};
		});
	},
});

/** CommonJS modules among the dependencies ask for Node's own by `require`. */
export const requireForCommonJs =
	'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether an output is newer than every source, every script of the build and every dependency. */
export function isFresh(output: string): boolean {
	const inputs = ["src", "scripts"].flatMap((folder) =>
		readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map((name) => `${root}${folder}/${name}`),
	);
	return modified(output) > [...inputs, `${root}package-lock.json`].reduce((newest, path) => Math.max(newest, modified(path)), 0);
}
