/**
 * Compiles vector/*.c, the engine's kernels with wider vectors than WebAssembly has, to dist/native/ for this platform, where there is a C
 * compiler. Without one, or on another processor, nothing is built, and the engine computes everything in WebAssembly, to the same bits.
 * Does nothing when the output is newer than every source. Silent when all is well.
 *
 * The flags are these and no others: CFLAGS and LDFLAGS have no effect. No contraction to fused operations, no vectors of the compiler's
 * own making, nothing that depends on the machine that compiles.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { vectorLibrary } from "../src/native/vector-library.js";

const sources = fileURLToPath(new URL("../vector", import.meta.url));
const output = fileURLToPath(vectorLibrary);

/** Bytes of a vector, and the flags that allow it. 128 bits on x86-64 are slower than WebAssembly, which has twice the registers there. */
const widths: Readonly<Partial<Record<NodeJS.Architecture, readonly (readonly [bytes: number, flags: readonly string[]])[]>>> = {
	x64: [
		[32, ["-mavx2"]],
		[64, ["-mavx512f"]],
	],
	arm64: [[16, []]],
};

const flags = [
	...["-std=c11", "-O2", "-ffp-contract=off", "-fno-tree-vectorize", "-fno-tree-slp-vectorize"],
	...["-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra"],
];

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = Math.max(...[...readdirSync(sources).map((name) => join(sources, name)), fileURLToPath(import.meta.url)].map(modified));
const here = widths[process.arch];

if (here && modified(output) <= newest) {
	rmSync(output, { force: true }); // one of an older source must not be loaded
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-vectors-"));
	try {
		build(here, folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function build(wanted: NonNullable<typeof here>, folder: string): void {
	const { PATH, TMPDIR, SystemRoot } = process.env;
	const env = {
		...(PATH !== undefined && { PATH }),
		...(TMPDIR !== undefined && { TMPDIR }),
		...(SystemRoot !== undefined && { SystemRoot }),
	};
	const cc = (...args: readonly string[]): boolean => {
		const { error, status, stderr } = spawnSync("cc", args, { env, encoding: "utf8" });
		if (!error && status !== 0) process.stderr.write(`The wider vectors could not be compiled; WebAssembly is used.\n${stderr}`);
		return !error && status === 0;
	};
	const objects = wanted.flatMap(([bytes, own]) =>
		["product", "step", "steps"].map((name) => ({
			object: join(folder, `${name}-${bytes}.o`),
			own: [`-DWIDTH=${bytes}`, ...own],
			source: `${name}.c`,
		})),
	);
	const all = [...objects, { object: join(folder, "processor.o"), own: [], source: "processor.c" }];
	if (!all.every(({ object, own, source }) => cc(...flags, ...own, "-c", join(sources, source), "-o", object))) return;
	mkdirSync(dirname(output), { recursive: true });
	const partial = `${output}.${process.pid}`;
	if (cc("-shared", "-o", partial, ...all.map(({ object }) => object))) renameSync(partial, output); // a reader never sees half a library
}
