import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { SweetspotError } from "../../core/errors.js";
import { loadDataset } from "../../data/load.js";
import { fashionMnist as fashionMnistData } from "../../data/sources/fashion-mnist.js";
import { rayHere } from "../../executors/cluster/ray/here.js";
import { slurmHere } from "../../executors/cluster/slurm/here.js";
import { loadBlas } from "../../native/blas.js";
import { describeMachine } from "../../native/machine.js";
import { loadVectors } from "../../native/vector.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { exitCode } from "../exit-codes.js";
import { openForReading, storeFolder } from "../open-store.js";
import { isOn, type RawOptions, textOf } from "../options.js";
import type { Shell } from "../shell.js";
import { type Check, storeChecks } from "./store-checks.js";

/** `sweetspot doctor`: what this machine has and lacks. Exits 1 where something is broken. */
export async function doctor(shell: Shell, options: RawOptions): Promise<number> {
	const checks = [
		node(),
		cores(),
		memory(),
		simd(),
		await data(),
		await fashionMnist(),
		storage(shell, options),
		...(textOf(options, "store", shell.environment) === undefined ? [] : storeChecks(shell, options)),
		await vectors(),
		await blas(shell),
		await slurm(),
		await ray(shell),
		chromium(),
	];
	if (isOn(options, "json", shell.environment))
		shell.print(`${JSON.stringify({ schemaVersion: 1, machine: describeMachine(), checks }, null, 2)}\n`);
	else {
		const width = Math.max(...checks.map(({ name }) => name.length));
		for (const { name, state, found, fix } of checks) {
			shell.print(`${state.padEnd(8)}${name.padEnd(width + 2)}${found}\n`);
			if (fix) shell.print(`${" ".repeat(width + 10)}fix: ${fix}\n`);
		}
	}
	return checks.some(({ state }) => state === "broken") ? exitCode.internal : exitCode.done;
}

const check = (name: string, ok: boolean, found: string, fix: string, otherwise: "missing" | "broken" = "broken"): Check =>
	ok ? { name, state: "ok", found, fix: null } : { name, state: otherwise, found, fix };

function node(): Check {
	const [major, minor] = process.versions.node.split(".").map(Number);
	return check("Node", major > 20 || (major === 20 && minor >= 19), process.versions.node, "install Node 20.19 or newer");
}

const cores = (): Check => check("cores", true, `${availableParallelism()}: that many trials run at once`, "");

const memory = (): Check =>
	check(
		"memory",
		freemem() > 2 ** 28,
		`${gigabytes(freemem())} free of ${gigabytes(totalmem())}`,
		"close what you don't need, or train with fewer --workers",
		"missing",
	);

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** A module whose one function uses a 128-bit vector: valid only where WebAssembly SIMD is. */
const vectorModule = Uint8Array.of(
	0,
	97,
	115,
	109,
	1,
	0,
	0,
	0,
	1,
	5,
	1,
	96,
	0,
	1,
	123,
	3,
	2,
	1,
	0,
	10,
	10,
	1,
	8,
	0,
	65,
	0,
	253,
	15,
	253,
	98,
	11,
);

const simd = (): Check =>
	check("WebAssembly SIMD", WebAssembly.validate(vectorModule), "128-bit vectors, which training needs", "install Node 20.19 or newer");

async function data(): Promise<Check> {
	try {
		const { train, validation, test } = await loadDataset({ name: "digits" }, readBytes);
		return check("digits", true, `${train.count + validation.count + (test?.count ?? 0)} images, shipped with the package`, "");
	} catch (error) {
		return check("digits", false, (error as Error).message, "install Sweetspot again");
	}
}

async function fashionMnist(): Promise<Check> {
	const found = await fashionMnistData.isThere(readBytes);
	return check(
		"Fashion-MNIST",
		found,
		found ? "60,000 + 10,000 images, from Debian's package" : "for `data: fashion-mnist` only",
		"sudo apt-get install -y dataset-fashion-mnist",
		"missing",
	);
}

function storage(shell: Shell, options: RawOptions): Check {
	const folder = resolve(storeFolder(shell, options));
	try {
		const store = openForReading(shell, options);
		const studies = store?.list().length ?? 0;
		store?.close();
		let nearest = folder;
		while (!existsSync(nearest)) nearest = dirname(nearest);
		accessSync(nearest, constants.W_OK);
		return check("store", true, `${folder}, ${studies} studies`, "");
	} catch (error) {
		return check("store", false, (error as Error).message, "name another folder with --store");
	}
}

async function vectors(): Promise<Check> {
	try {
		const { name } = await loadVectors();
		return check("wider vectors", true, `${name}, with the bits of WebAssembly: for training on large networks`, "");
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error;
		const isBroken = error.code === "backend/unusable";
		return check("wider vectors", false, `${error.detail}; WebAssembly is used`, error.fix, isBroken ? "broken" : "missing");
	}
}

async function blas({ environment }: Shell): Promise<Check> {
	try {
		const { name, library } = await loadBlas(environment);
		return check("BLAS", true, `${name}, ${library}: for --backend blas`, "");
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error;
		return check("BLAS", false, `${error.detail}; for --backend blas only`, error.fix, "missing");
	}
}

/** Whether jobs could be submitted from here, and what answers. */
async function slurm(): Promise<Check> {
	const { found, fix } = await slurmHere();
	return fix === null ? check("Slurm", true, found, "") : check("Slurm", false, `${found}; for --executor slurm only`, fix, "missing");
}

/** Whether a Ray answers where RAY_ADDRESS says, else on this machine. */
async function ray({ environment }: Shell): Promise<Check> {
	const { found, fix } = await rayHere(environment);
	return fix === null ? check("Ray", true, found, "") : check("Ray", false, `${found}; for --executor ray only`, fix, "missing");
}

const chromium = (): Check =>
	check(
		"Chromium",
		spawnSync("sh", ["-c", "command -v chromium"]).status === 0,
		"for Sweetspot's own browser tests only",
		"sudo apt-get install -y chromium",
		"missing",
	);
