import { median } from "../median.js";
import type { Bars, Case } from "./cases.js";
import type { Alone, Ours, Times } from "./measure.js";

/**
 * 10⁹ floating-point operations per second, at most: of 128-bit WebAssembly vectors, and of large products by the widest vectors and by the
 * library.
 */
export type Peaks = Readonly<Record<Ours, number | null>>;

/** One of our backends, next to the peers. */
export interface OurSide {
	/** Per step. */
	readonly microseconds: number;
	/** The best peer's time over ours: the median of the pairs. Null where there is no peer. */
	readonly alone: number | null;
	/** The same against the best peer with replicas side by side, per replica. */
	readonly replicas: number | null;
	/** Of the peak: the step's matrix products over its time. */
	readonly share: number | null;
	/** The ratios pair by pair, in the order in which they were taken. */
	readonly pairs: { readonly alone: readonly number[]; readonly replicas: readonly number[] };
}

/** What is shown of a case. Medians over the passes; null where there is no such side. */
export interface Row {
	readonly case: string;
	readonly network: string;
	readonly batchSize: number;
	readonly ours: Readonly<Record<Ours, OurSide | null>>;
	/** Microseconds per step, and per replica. */
	readonly peers: Readonly<Record<Alone | "replicas", number | null>>;
	/** The fastest of the peers of one network alone, and of all. */
	readonly best: { readonly alone: Alone | null; readonly replicas: Alone | "replicas" | null };
	/** What the squared gradient norm of every example adds to a step, as a share of it: the median of the pairs. */
	readonly perExampleNorms: number;
	readonly bars: Bars;
}

export function rowOf(of: Case, times: Times, peaks: Peaks): Row {
	const { wasm = [], norms = [] } = times;
	const middle = (side: keyof Times): number | null => {
		const taken = times[side];
		return taken === undefined ? null : median(taken);
	};
	const peers = { torch: middle("torch"), jax: middle("jax"), replicas: middle("replicas") };
	const bestOf = <Name extends keyof typeof peers>(names: readonly Name[]): Name | null =>
		names.filter((name) => peers[name] !== null).sort((a, b) => (peers[a] ?? 0) - (peers[b] ?? 0))[0] ?? null;
	const best = { alone: bestOf(["torch", "jax"] as const), replicas: bestOf(["torch", "jax", "replicas"] as const) };
	const over = (peer: keyof Times | null, side: readonly number[]): readonly number[] =>
		peer === null ? [] : (times[peer] ?? []).map((value, pass) => value / side[pass]);
	const medianOrNull = (values: readonly number[]) => (values.length > 0 ? median(values) : null);
	const sideOf = (name: Ours): OurSide | null => {
		const side = times[name];
		if (side === undefined) return null;
		const pairs = { alone: over(best.alone, side), replicas: over(best.replicas, side) };
		const microseconds = median(side);
		const peak = peaks[name];
		return {
			microseconds,
			alone: medianOrNull(pairs.alone),
			replicas: peers.replicas === null ? null : medianOrNull(pairs.replicas),
			share: peak === null ? null : of.flop / microseconds / 1000 / peak,
			pairs,
		};
	};
	return {
		case: of.name,
		network: of.network,
		batchSize: of.batchSize,
		ours: { vector: sideOf("vector"), wasm: sideOf("wasm"), blas: sideOf("blas") },
		peers,
		best,
		perExampleNorms: median(norms.map((value, pass) => value / wasm[pass] - 1)),
		bars: of.bars,
	};
}
