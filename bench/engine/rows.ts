import { median } from "../median.js";
import type { Case } from "./cases.js";
import type { Times } from "./measure.js";

/** 10⁹ floating-point operations per second, at most: of 128-bit WebAssembly vectors, and of the library's large products. */
export interface Peaks {
	readonly wasm: number;
	readonly native: number | null;
}

/** What is shown of a case. Medians over the passes; null where there is no such side. */
export interface Row {
	readonly case: string;
	readonly network: string;
	readonly batchSize: number;
	/** Per step. */
	readonly microseconds: { readonly wasm: number; readonly native: number | null; readonly torch: number | null };
	/** PyTorch's time over ours: the median of the pairs. */
	readonly ratio: { readonly wasm: number | null; readonly native: number | null };
	/** Of the peak: the step's matrix products over its time. */
	readonly share: { readonly wasm: number; readonly native: number | null };
	/** What the squared gradient norm of every example adds to a step, as a share of it: the median of the pairs. */
	readonly perExampleNorms: number;
	/** The ratios pair by pair, in the order in which they were taken. */
	readonly pairs: { readonly wasm: readonly number[]; readonly native: readonly number[]; readonly perExampleNorms: readonly number[] };
	readonly bar: Case["bar"];
}

export function rowOf(of: Case, times: Times, peaks: Peaks): Row {
	const { wasm = [], norms = [], native, torch } = times;
	const middle = (values: readonly number[] | undefined) => (values === undefined ? null : median(values));
	const over = (numerator: readonly number[] | undefined, denominator: readonly number[] | undefined) =>
		numerator === undefined || denominator === undefined ? [] : numerator.map((value, pass) => value / denominator[pass]);
	const shareOf = (microseconds: number, peak: number) => of.flop / microseconds / 1000 / peak;
	const pairs = { wasm: over(torch, wasm), native: over(torch, native), perExampleNorms: over(norms, wasm).map((ratio) => ratio - 1) };
	const microseconds = { wasm: median(wasm), native: middle(native), torch: middle(torch) };
	return {
		case: of.name,
		network: of.network,
		batchSize: of.batchSize,
		microseconds,
		ratio: { wasm: pairs.wasm.length > 0 ? median(pairs.wasm) : null, native: pairs.native.length > 0 ? median(pairs.native) : null },
		share: {
			wasm: shareOf(microseconds.wasm, peaks.wasm),
			native: microseconds.native === null || peaks.native === null ? null : shareOf(microseconds.native, peaks.native),
		},
		perExampleNorms: median(pairs.perExampleNorms),
		pairs,
		bar: of.bar,
	};
}
