/**
 * Bundles src/executors/cluster/work/main.ts into dist/executors/cluster/sweetspot-work.mjs: what the jobs of a cluster run, in one file
 * without native modules. Sources find their neighbours by `import.meta.url`: each keeps the place that it has below dist/, so the bundle
 * works wherever the folders around it are the package's. Does nothing when the output is newer than every source. Silent when all is well.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = `${root}dist/executors/cluster/sweetspot-work.mjs`;

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" }).map((name) => `${root}src/${name}`);
const newest = Math.max(...[...sources, fileURLToPath(import.meta.url)].map(modified));

if (modified(output) <= newest)
	await build({
		entryPoints: [`${root}src/executors/cluster/work/main.ts`],
		outfile: output,
		bundle: true,
		minifySyntax: true,
		minifyWhitespace: true,
		platform: "node",
		format: "esm",
		target: "node20",
		logLevel: "error",
		external: ["koffi"],
		// CommonJS modules among the dependencies ask for Node's own by `require`.
		banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
		plugins: [
			{
				name: "places",
				setup(own) {
					own.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => {
						if (!path.startsWith(`${root}src/`)) return undefined;
						const text = readFileSync(path, "utf8");
						if (path.endsWith("work/main.ts") || !text.includes("import.meta.url")) return undefined;
						const place = relative(`${root}src/executors/cluster`, path).replace(/\.ts$/, ".js");
						return {
							contents: text.replaceAll("import.meta.url", `new URL(${JSON.stringify(place)}, import.meta.url).href`),
							loader: "ts",
						};
					});
				},
			},
		],
	});
