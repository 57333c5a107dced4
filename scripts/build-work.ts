/**
 * Bundles src/executors/cluster/work/main.ts into dist/executors/cluster/sweetspot-work.mjs: what the jobs of a cluster run, in one file
 * without native modules. Does nothing when the output is fresh. Silent when all is well.
 */
import { build } from "esbuild";
import { isFresh, places, requireForCommonJs, root } from "./places.js";

const main = `${root}src/executors/cluster/work/main.ts`;
const output = `${root}dist/executors/cluster/sweetspot-work.mjs`;

if (!isFresh(output))
	await build({
		entryPoints: [main],
		outfile: output,
		bundle: true,
		minifySyntax: true,
		minifyWhitespace: true,
		platform: "node",
		format: "esm",
		target: "node20",
		logLevel: "error",
		external: ["koffi"],
		banner: { js: requireForCommonJs },
		plugins: [places("executors/cluster", main)],
	});
