/**
 * What a whole training step (gather, forward, loss, backward, update) costs on one thread, next to PyTorch's in the same minute: with our own kernels
 * (wasm), with large products on the machine's BLAS (native), and with the squared gradient norm of every example. `--write` puts what came out into
 * docs/engine.md.
 */

import { SweetspotError } from "../src/core/errors.js";
import { type Blas, loadBlas } from "../src/native/blas.js";
import { describeMachine } from "../src/native/machine.js";
import { cases } from "./engine/cases.js";
import { passes, timesOf } from "./engine/measure.js";
import { productPeak, vectorPeak } from "./engine/peak.js";
import { rowOf } from "./engine/rows.js";
import { markdownTable, terminalTable } from "./engine/tables.js";
import { startTorch } from "./engine/torch.js";
import { writeSections } from "./markdown.js";

export async function run(json: boolean, write: boolean): Promise<void> {
	const native = await nativeOrNull();
	const torch = await startTorch();
	const rates = { wasm: await vectorPeak(), native: native && productPeak(native) };
	const measured = [];
	const peaks = { wasm: [] as number[], native: [] as number[] };
	try {
		for (const of of cases) {
			for (let i = 0; i < 3; i++) {
				peaks.wasm.push(rates.wasm());
				if (rates.native) peaks.native.push(rates.native());
			}
			process.stderr.write(`${of.name} `);
			measured.push({ of, times: await timesOf(of, native, torch) });
		}
	} finally {
		torch?.close();
		process.stderr.write("\n");
	}
	// The highest: the machine's other load can only lower a peak.
	const peak = { wasm: Math.max(...peaks.wasm), native: native && Math.max(...peaks.native) };
	const rows = measured.map(({ of, times }) => rowOf(of, times, peak));
	const peers = [
		...(torch ? [{ name: "PyTorch", version: torch.version, python: torch.python, threads: 1 }] : []),
		...(native ? [{ name: native.name, library: native.library, threads: 1 }] : []),
	];
	const machine = describeMachine();
	const method = [
		`Microseconds of processor time of a training step on one thread; medians of ${passes} passes that take every side in turn. Ratio: PyTorch's time divided by ours,`,
		"pair by pair, their median, lowest and highest; bar: what it must reach. Share: the step's matrix products over its time, of what 128-bit vectors can do",
		`(${peak.wasm.toFixed(0)} GFLOP/s, measured in the same run)${peak.native === null ? "" : `, for native of a 1024 × 1024 × 1024 product by the library (${peak.native.toFixed(0)} GFLOP/s)`}. Norms: what the squared gradient norm of every example adds.`,
	];
	const sides = [
		`${machine}.`,
		torch
			? `PyTorch ${torch.version} (Python ${torch.python}), eager, one thread.`
			: "No PyTorch here: see SWEETSPOT_PYTHON in docs/engine.md.",
		native ? `Native: ${native.name}, ${native.library}, one thread.` : "No BLAS here for --backend native.",
	];
	if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, machine, peers, peaks: peak, cases: rows })}\n`);
	else process.stdout.write(`${sides.join("\n")}\n\n${terminalTable(rows)}\n${method.join("\n")}\n`);
	if (write)
		writeSections(new URL("../docs/engine.md", import.meta.url), {
			bench: `${sides.join(" ")}\n\n${markdownTable(rows)}\n\n${method.join(" ")}`,
		});
}

async function nativeOrNull(): Promise<Blas | null> {
	try {
		return await loadBlas(process.env);
	} catch (error) {
		if (error instanceof SweetspotError) return null;
		throw error;
	}
}
