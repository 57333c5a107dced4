/** Numbers as they stand in a file, equally many for each example; not yet normalized, nor rounded to single precision. */
export interface Numbers {
	readonly count: number;
	/** Numbers of one example. */
	readonly width: number;
	/** Throws `data/unusable` where there is none. */
	at(example: number, column: number): number;
	/** Where it stands, for errors. */
	place(example: number, column: number): string;
}

/** Those of some of the examples, in this order. */
export const selected = ({ width, at, place }: Numbers, examples: Int32Array): Numbers => ({
	count: examples.length,
	width,
	at: (example, column) => at(examples[example], column),
	place: (example, column) => place(examples[example], column),
});
