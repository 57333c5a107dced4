/**
 * Compiles kernels/index.ts to WebAssembly and writes it, as base64 in a module, to src/engine/kernels.generated.ts: so it loads in Node,
 * in worker threads and in browsers without reading a file. Does nothing when the output is newer than every source. Silent when all is
 * well.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = `${root}src/engine/kernels.generated.ts`;
const binary = `${root}src/engine/kernels.generated.${process.pid}.wasm`;
const sources = readdirSync(`${root}kernels`)
	.filter((name) => name.endsWith(".ts"))
	.map((name) => `${root}kernels/${name}`);

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = Math.max(...[...sources, fileURLToPath(import.meta.url)].map(modified));

if (modified(output) <= newest) {
	const { default: asc } = await import("assemblyscript/asc");
	const { error, stderr } = await asc.main([
		`${root}kernels/index.ts`,
		...["-O3", "--enable", "simd", "--enable", "bulk-memory", "--runtime", "stub", "--noAssert", "--importMemory", "--use", "abort="],
		...["--baseDir", "/", "--outFile", binary],
	]);
	if (error) {
		process.stderr.write(stderr.toString());
		process.exit(1);
	}
	const partial = `${output}.${process.pid}`;
	writeFileSync(partial, `export const wasmBase64 =\n\t"${readFileSync(binary).toString("base64")}";\n`);
	rmSync(binary);
	renameSync(partial, output); // a reader never sees half a module
}
