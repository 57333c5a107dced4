import type { ImageShape } from "./source.js";

/** Examples of one set, as the engine sees them. */
export interface Examples {
	readonly count: number;
	/** count × width, row-major. */
	readonly features: Float32Array<ArrayBuffer>;
	/** One class per example, 0 … classes − 1; zeros where there are targets. */
	readonly labels: Int32Array<ArrayBuffer>;
	/** Numbers to come near to, in place of classes: count × as many as each example has, row-major. */
	readonly targets?: Float32Array<ArrayBuffer>;
}

/** Three disjoint sets. The validation set is for goals and choices; the test set is touched once, at the end, for the report. */
export interface Dataset {
	/** Features of one example. */
	readonly width: number;
	/** What the features are, where they are images. */
	readonly image?: ImageShape;
	/** 0 where the examples have targets. */
	readonly classes: number;
	readonly train: Examples;
	readonly validation: Examples;
	readonly test: Examples | null;
}
