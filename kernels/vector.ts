import { decay, momentum, rate, setDescent as setOwnDescent, toMask, toParameters, toVelocity } from "./epilogue";

/**
 * `gemm`, computed outside by wider vectors, to the same bits: vector/product.c. What is asked for lies at `at`, field by field as in
 * vector/product.h, so that the call has one argument.
 */
// @ts-ignore: decorator
@external("vector", "product")
declare function product(at: usize): void;

/** Bytes of the fields: of a product, and from DESCENT on how gradients are used up. */
export const REQUEST: usize = 128;
const DESCENT: usize = 96;

let request: usize = 0;
let leastProduct: f64 = Infinity;

/** From here on products of at least this many multiplications are computed outside. */
export function setVector(multiplications: f64): void {
	leastProduct = multiplications;
}

export function setRequest(at: usize, roomForA: usize, roomForB: usize, roomForRows: usize): void {
	request = at;
	i32.store(at, <i32>roomForA, 80);
	i32.store(at, <i32>roomForB, 84);
	i32.store(at, <i32>roomForRows, 88);
}

/** Where the fields are. */
export function requestAt(): usize {
	return request;
}

/** `setDescent`, for what is computed outside as well. */
export function setDescent(velocityDistance: usize, parameterDistance: usize, learningRate: f32, mu: f32, lambda: f32): void {
	setOwnDescent(velocityDistance, parameterDistance, learningRate, mu, lambda);
	if (!request) return;
	const to = request + DESCENT;
	i32.store(to, <i32>velocityDistance);
	i32.store(to, <i32>parameterDistance, 4);
	f32.store(to, learningRate, 8);
	f32.store(to, mu, 12);
	f32.store(to, lambda, 16);
}

/** A few rows of a transposed B are cheaper turned on the way than packed. */
// @ts-ignore: decorator
@inline
export function isVector(m: i32, n: i32, k: i32, transposed: bool): bool {
	return <f64>m * <f64>n * <f64>k >= leastProduct && !(transposed && m < 4);
}

export function vectorProduct(
	m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, ldb: usize, transposed: bool,
	c: usize, ldc: usize, from: i32, bias: usize, kind: i32,
): void {
	const to = request;
	i32.store(to, m);
	i32.store(to, n, 4);
	i32.store(to, k, 8);
	i32.store(to, <i32>a, 12);
	i32.store(to, <i32>aRow, 16);
	i32.store(to, <i32>aStep, 20);
	i32.store(to, <i32>b, 24);
	i32.store(to, <i32>ldb, 28);
	i32.store(to, transposed, 32);
	i32.store(to, <i32>c, 36);
	i32.store(to, <i32>ldc, 40);
	i32.store(to, from, 44);
	i32.store(to, <i32>bias, 48);
	i32.store(to, kind, 52);
	i32.store(to, <i32>toMask, 56);
	i32.store(to, <i32>toVelocity, 60);
	i32.store(to, <i32>toParameters, 64);
	f32.store(to, rate, 68);
	f32.store(to, momentum, 72);
	f32.store(to, decay, 76);
	product(to);
}
