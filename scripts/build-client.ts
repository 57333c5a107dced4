/**
 * Bundles src/page/client/main.ts and writes it, as a text in a module, to src/page/client.generated.ts: so the server reads no file to
 * serve it. Does nothing when the output is newer than every source. Silent when all is well.
 */
import { readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = `${root}src/page/client.generated.ts`;
const folder = `${root}src/page/client/`;

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = Math.max(...[...readdirSync(folder).map((name) => folder + name), fileURLToPath(import.meta.url)].map(modified));

if (modified(output) <= newest) {
	const { outputFiles } = await build({
		entryPoints: [`${folder}main.ts`],
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2022",
		write: false,
		logLevel: "error",
	});
	const partial = `${output}.${process.pid}`;
	writeFileSync(partial, `export const clientScript =\n\t${JSON.stringify(outputFiles[0].text)};\n`);
	renameSync(partial, output); // a reader never sees half a module
}
