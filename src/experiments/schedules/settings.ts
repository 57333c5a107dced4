import type { NetworkWorkload } from "../../study/study.js";

/** Less noise by and by: the rate divided by a factor at marks, or the batch multiplied by it. */
export interface Calming {
	/** Plain SGD, without a schedule of its own. */
	readonly workload: NetworkWorkload;
	/** N. */
	readonly examples: number;
	readonly batchSize: number;
	readonly learningRate: number;
	/** A power of four, so that half of it on a logarithmic scale is a whole number. */
	readonly factor: number;
	/** Epochs after which it is applied. */
	readonly marks: readonly number[];
	readonly epochs: number;
}

/** A run with a large batch that changes its ways. */
export interface Switching {
	readonly workload: NetworkWorkload;
	readonly small: number;
	readonly large: number;
	/** Of both. */
	readonly learningRate: number;
	/** Epoch of the change. */
	readonly at: number;
	readonly epochs: number;
	/** By what the rate may be raised there instead, ascending; chosen on the tuning seeds. */
	readonly raises: readonly number[];
}

export interface Settings {
	readonly calming: Calming;
	readonly switching: Switching;
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	readonly seed: number;
}
