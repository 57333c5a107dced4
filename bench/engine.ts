/**
 * What a whole training step (gather, forward, loss, backward, update) costs on one thread, next to PyTorch's and JAX's in the same minute:
 * with our own kernels in WebAssembly, with wider vectors, with large products on the machine's BLAS, and with the squared gradient norm of
 * every example. `--write` puts what came out into docs/engine.md.
 */

import { SweetspotError } from "../src/core/errors.js";
import { loadBlas } from "../src/native/blas.js";
import { describeMachine } from "../src/native/machine.js";
import { loadVectors } from "../src/native/vector.js";
import { cases } from "./engine/cases.js";
import { passes, timesOf } from "./engine/measure.js";
import { productPeak, vectorPeak, vectorProductPeak } from "./engine/peak.js";
import { libraries, type Peer, startPeer } from "./engine/peers.js";
import { replicasAskedFor } from "./engine/replicas.js";
import { rowOf } from "./engine/rows.js";
import { markdownTable, terminalTable } from "./engine/tables.js";
import { writeSections } from "./markdown.js";

export async function run(json: boolean, write: boolean): Promise<void> {
	const [vector, blas] = [await orNull(() => loadVectors()), await orNull(() => loadBlas(process.env))];
	const replicas = await replicasAskedFor();
	const [torch, jax, jaxOfReplicas] = [await startPeer("torch"), await startPeer("jax"), await startPeer("jax")];
	const takingPart = { vector, blas, torch, jax, replicas: jaxOfReplicas && { count: replicas.median, peer: jaxOfReplicas } };
	const rates = { vector: vector && vectorProductPeak(vector), wasm: await vectorPeak(), blas: blas && productPeak(blas) };
	const measured = [];
	const peaks = { vector: [] as number[], wasm: [] as number[], blas: [] as number[] };
	try {
		for (const of of cases) {
			for (let i = 0; i < 3; i++) {
				peaks.wasm.push(rates.wasm());
				if (rates.vector) peaks.vector.push(rates.vector());
				if (rates.blas) peaks.blas.push(rates.blas());
			}
			process.stderr.write(`${of.name} `);
			measured.push({ of, times: await timesOf(of, takingPart) });
		}
	} finally {
		for (const peer of [torch, jax, jaxOfReplicas]) peer?.close();
		process.stderr.write("\n");
	}
	// The highest: the machine's other load can only lower a peak.
	const peak = { vector: vector && Math.max(...peaks.vector), wasm: Math.max(...peaks.wasm), blas: blas && Math.max(...peaks.blas) };
	const rows = measured.map(({ of, times }) => rowOf(of, times, peak));
	const machine = describeMachine();
	const method = [
		`Microseconds of processor time of a training step on one thread; medians of ${passes} passes that take every side in turn. JAX ×: ${replicas.median} networks side by side (vmap), per network.`,
		"Ratio: the best peer's time divided by ours, pair by pair, their median, lowest and highest; ratio ×: the same when JAX may train so many side by side; bar: what it must reach.",
		"Share: the step's matrix products over its time, of what 128-bit vectors can do",
		`(${peak.wasm.toFixed(0)} GFLOP/s, measured in the same run), for vector and BLAS of a 1024 × 1024 × 1024 product by each (${[peak.vector, peak.blas].map((rate) => rate?.toFixed(0) ?? "–").join(" and ")} GFLOP/s). Norms: what the squared gradient norm of every example adds.`,
		`The embedded study's ${replicas.trials} trials are asked for together with others of their batch size: ${replicas.median} in the median, ${replicas.most} at most, four or more for ${(100 * replicas.shareOfFour).toFixed(0)} % of them.`,
	];
	const sides = [
		`${machine}.`,
		described("torch", torch, "eager"),
		described("jax", jax, "jit, scan over steps"),
		vector ? `Vector: ${vector.name}.` : "No wider vectors here: see `sweetspot doctor`.",
		blas ? `BLAS: ${blas.name}, ${blas.library}, one thread.` : "No BLAS here for --backend blas.",
	];
	if (json) {
		const peers = [
			...named("torch", torch),
			...named("jax", jax),
			...(blas ? [{ name: blas.name, library: blas.library, threads: 1 }] : []),
		];
		process.stdout.write(`${JSON.stringify({ schemaVersion: 2, machine, peers, peaks: peak, replicas, cases: rows })}\n`);
	} else process.stdout.write(`${sides.join("\n")}\n\n${terminalTable(rows)}\n${method.join("\n")}\n`);
	if (write)
		writeSections(new URL("../docs/engine.md", import.meta.url), {
			bench: `${sides.join(" ")}\n\n${markdownTable(rows)}\n\n${method.join(" ")}`,
		});
}

const described = (library: keyof typeof libraries, peer: Peer | null, how: string): string =>
	peer
		? `${libraries[library].name} ${peer.version} (Python ${peer.python}), ${how}, one pinned thread.`
		: `No ${libraries[library].name} here: see SWEETSPOT_PYTHON in docs/engine.md.`;

const named = (library: keyof typeof libraries, peer: Peer | null) =>
	peer ? [{ name: libraries[library].name, version: peer.version, python: peer.python, threads: 1 }] : [];

async function orNull<T>(load: () => Promise<T>): Promise<T | null> {
	try {
		return await load();
	} catch (error) {
		if (error instanceof SweetspotError) return null;
		throw error;
	}
}
