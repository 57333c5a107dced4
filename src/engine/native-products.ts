/**
 * C (m × n) ← A·B, or C + A·B with `add`, in single precision on byte addresses of one memory (read them as unsigned). A is m × k, or with
 * `transposedA` k × m; B k × n, or with `transposedB` n × k; all row-major, with rows of `lda`, `ldb` and `ldc` floats. Flags are 0 or 1.
 */
export type Multiply = (
	m: number,
	n: number,
	k: number,
	a: number,
	lda: number,
	transposedA: number,
	b: number,
	ldb: number,
	transposedB: number,
	c: number,
	ldc: number,
	add: number,
) => void;

/** A library outside of WebAssembly that computes large matrix products: how it is reached, and from where on that pays. */
export interface NativeProducts {
	/** Name and version, as recorded with trials. */
	readonly name: string;
	/** Multiplications (m·n·k) from which on a product is worth the call. */
	readonly leastProduct: number;
	/** No side of such a product is shorter than this: thin ones are bound by memory, and our kernels fuse more into them. */
	readonly leastSide: number;
	multiplyOn(memory: WebAssembly.Memory): Multiply;
}
