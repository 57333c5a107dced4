/**
 * Bundles what Node starts (the command, its threads and processes, the library) into dist/bundle/, in parts that all of them share, and
 * lets the files of these names below dist/ load them from there. A command then opens some 40 files instead of 900, and begins three times
 * as fast. What runs in a browser too (sweetspot/engine, sweetspot/data) stays as it is. Does nothing when the output is fresh. Silent when all is well.
 */
import { rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { build } from "esbuild";
import { isFresh, places, requireForCommonJs, root } from "./places.js";

/** By the place of their source below src/. */
const started = [
	"cli/main",
	"index",
	"executors/task-worker",
	"executors/worker",
	"server/check-study",
	"server/concluding",
	"server/draw-charts",
	"server/findings-thread",
	"server/started-run",
	"store/writer-lock",
	"trackers/parquet/child",
	"trackers/sql/child",
	"trainers/function/bench-worker",
	"trainers/node",
];

/** They load files of their own: native code, threads, WebAssembly. */
const outside = ["@swc/wasm-typescript", "koffi", "libsql", "tinypool"];

const folder = `${root}dist/bundle`;
const [first] = started;

if (!isFresh(`${folder}/${first.replaceAll("/", "-")}.js`)) {
	rmSync(folder, { recursive: true, force: true });
	// All in one folder, so that a source has the same way to its neighbours from wherever it ends up.
	const { metafile } = await build({
		entryPoints: Object.fromEntries(started.map((place) => [place.replaceAll("/", "-"), `${root}src/${place}.ts`])),
		outdir: folder,
		bundle: true,
		splitting: true,
		platform: "node",
		format: "esm",
		target: "node20",
		logLevel: "error",
		metafile: true,
		sourcemap: "external", // bench/profile reads them; they aren't shipped
		external: outside,
		banner: { js: requireForCommonJs },
		plugins: [places("bundle")],
	});
	for (const { entryPoint, exports } of Object.values(metafile.outputs)) {
		const place = started.find((one) => entryPoint === `src/${one}.ts`);
		if (place === undefined) continue;
		const way = relative(`${root}dist/${dirname(place)}`, `${folder}/${place.replaceAll("/", "-")}.js`);
		const from = JSON.stringify(way.startsWith(".") ? way : `./${way}`);
		const shebang = place === first ? "#!/usr/bin/env node\n" : "";
		writeFileSync(
			`${root}dist/${place}.js`,
			`${shebang}${exports.length > 0 ? `export { ${exports.join(", ")} } from` : "import"} ${from};\n`,
		);
	}
}
