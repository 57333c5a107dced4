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

/** A library that computes large matrix products, in an order of its own: the last bits are that library's. */
export interface LibraryProducts {
	readonly kind: "blas";
	/** Name and version, as recorded with trials. */
	readonly name: string;
	/** Multiplications (m·n·k) from which on a product is worth the call. */
	readonly leastProduct: number;
	/** No side of such a product is shorter than this: thin ones are bound by memory, and our kernels fuse more into them. */
	readonly leastSide: number;
	multiplyOn(memory: WebAssembly.Memory): Multiply;
}

/** Computes what is asked for at an address of one memory. */
export type NetworkCall = (at: number) => void;

/** What computes networks in one memory. */
export interface NetworkCalls {
	readonly pass: NetworkCall;
	readonly steps: NetworkCall;
}

/** Our kernels with wider vectors than WebAssembly has: the same additions in the same order, and so the same bits. */
export interface VectorProducts {
	readonly kind: "vector";
	/** For people: never recorded with trials, which are the same without. */
	readonly name: string;
	/** Multiplications (m·n·k) from which on a product is worth the call. */
	readonly leastProduct: number;
	/** Computes what is asked for at an address of the memory: see kernels/vector.ts. */
	productOn(memory: WebAssembly.Memory): (at: number) => void;
	/** A whole pass of a network: see step-program.ts. */
	passOn(memory: WebAssembly.Memory): NetworkCall;
	/** Several training steps of a network: see step-block.ts. */
	stepsOn(memory: WebAssembly.Memory): NetworkCall;
}

/** What computes large matrix products outside of WebAssembly. */
export type NativeProducts = LibraryProducts | VectorProducts;

/** Null where networks go layer by layer. */
export const networkCallsOn = (native: NativeProducts | null, memory: WebAssembly.Memory): NetworkCalls | null =>
	native?.kind === "vector" ? { pass: native.passOn(memory), steps: native.stepsOn(memory) } : null;
