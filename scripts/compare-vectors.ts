/**
 * Compiles vector/*.c for every width with each compiler that is here, runs vector/compare.c with it, and says whether all computed the same
 * bits. What a compiler or processor is missing for is named. Ends with 1 where two differ, or where there are fewer than two to compare.
 *
 * For aarch64 on x86-64: sudo apt-get install -y gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface Way {
	readonly name: string;
	readonly compiler: string;
	readonly flags: readonly string[];
	/** What runs programs of another processor. */
	readonly runner?: string;
}

const gcc = ["-fno-tree-vectorize", "-fno-tree-slp-vectorize"];
const clang = ["-fno-vectorize", "-fno-slp-vectorize"];
const wide = ["-DWIDTH=64", "-mavx512f"];
const narrow = ["-DWIDTH=32", "-mavx2"];
const least = ["-DWIDTH=16", "-static"];
const ways: readonly Way[] = [
	...(process.arch === "x64"
		? [
				{ name: "gcc, 512 bits", compiler: "gcc", flags: [...gcc, ...wide] },
				{ name: "gcc, 256 bits", compiler: "gcc", flags: [...gcc, ...narrow] },
				{ name: "clang, 512 bits", compiler: "clang", flags: [...clang, ...wide] },
				{ name: "clang, 256 bits", compiler: "clang", flags: [...clang, ...narrow] },
			]
		: []),
	{
		name: "gcc for aarch64, 128 bits, in qemu",
		compiler: "aarch64-linux-gnu-gcc",
		flags: [...gcc, ...least],
		runner: "qemu-aarch64-static",
	},
];

const sources = ["compare", "product", "step", "steps"].map((name) => fileURLToPath(new URL(`../vector/${name}.c`, import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "sweetspot-compare-"));
const results = new Map<string, string>();
try {
	for (const { name, compiler, flags, runner } of ways) {
		const program = join(folder, "compare");
		const all = ["-std=c11", "-O2", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror", ...flags, ...sources, "-o", program];
		const compiled = spawnSync(compiler, all, { encoding: "utf8" });
		const ran = compiled.status === 0 ? spawnSync(runner ?? program, runner ? [program] : [], { encoding: "utf8" }) : compiled;
		if (ran.status === 0) results.set(name, ran.stdout.trim().replaceAll("\n", ", "));
		process.stdout.write(`${name}: ${results.get(name) ?? `not compared (${ran.error?.message ?? (ran.stderr || ran.signal)})`}\n`);
	}
} finally {
	rmSync(folder, { recursive: true });
}
const same = new Set(results.values()).size === 1;
if (results.size < 2 || !same) {
	process.stdout.write(same || results.size === 0 ? "Fewer than two to compare.\n" : "They differ.\n");
	process.exitCode = 1;
} else process.stdout.write(`All ${results.size} computed the same bits.\n`);
