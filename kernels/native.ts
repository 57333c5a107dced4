import { STORE, descendAll, DESCEND, finish } from "./epilogue";

/**
 * C (m × n) ← A·B, or C + A·B with `add`, computed outside: by the machine's BLAS where the engine was given one. A is m × k, or with
 * `transposedA` k × m; B k × n, or with `transposedB` n × k; rows of `lda`, `ldb`, `ldc` floats.
 */
// @ts-ignore: decorator
@external("native", "multiply")
declare function multiply(
	m: i32, n: i32, k: i32, a: usize, lda: i32, transposedA: bool, b: usize, ldb: i32, transposedB: bool, c: usize, ldc: i32, add: bool,
): void;

let leastProduct: f64 = Infinity;
let leastSide: i32 = 0;

/** From here on products of at least this many multiplications, no side of which is shorter than `side`, are computed outside. */
export function setNative(multiplications: f64, side: i32): void {
	leastProduct = multiplications;
	leastSide = side;
}

// @ts-ignore: decorator
@inline
export function isNative(m: i32, n: i32, k: i32): bool {
	return <f64>m * <f64>n * <f64>k >= leastProduct && m >= leastSide && n >= leastSide && k >= leastSide;
}

/**
 * `gemm`, computed outside. The epilogue is a pass of its own over C, while it is still in the cache. `bias`: 0, or a row to begin sums at.
 */
export function nativeProduct(
	m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, ldb: usize, transposed: bool,
	c: usize, ldc: usize, add: bool, bias: usize, kind: i32,
): void {
	const transposedA = aStep != 4;
	multiply(m, n, k, a, <i32>((transposedA ? aStep : aRow) >> 2), transposedA, b, <i32>(ldb >> 2), transposed, c, <i32>(ldc >> 2), add);
	if (kind == STORE && !bias) return;
	if (kind == DESCEND) {
		for (; m > 0; m--, c += ldc) descendAll(c, c, 1, n);
		return;
	}
	for (; m > 0; m--, c += ldc)
		for (let j = 0; j < n; j += 4) {
			const at = <usize>j << 2;
			const sum = v128.load(c + at);
			finish(kind, c + at, bias ? f32x4.add(sum, v128.load(bias + at)) : sum, n - j);
		}
}
