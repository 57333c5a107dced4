import { finish } from "./epilogue";

/**
 * One row of a product, straight from B: for batches of one, and for what four rows don't divide. The same order of additions as in the
 * tiles. Columns beyond `n` in the last block are computed from the bytes that follow and dropped.
 */
export function row(
	a: usize, aStep: usize, b: usize, bStep: usize, k: i32, c: usize, init: usize, initCol: usize, n: i32, kind: i32,
): void {
	while (n > 16) {
		row32(a, aStep, b, bStep, k, c, init, initCol, n, kind);
		b += 128;
		c += 128;
		init += initCol << 5;
		n -= 32;
	}
	if (n > 4) row16(a, aStep, b, bStep, k, c, init, initCol, n, kind);
	else if (n > 0) row4(a, aStep, b, bStep, k, c, init, n, kind);
}

// @ts-ignore: decorator
@inline
function row32(
	a: usize, aStep: usize, b: usize, bStep: usize, k: i32, c: usize, init: usize, initCol: usize, n: i32, kind: i32,
): void {
	const vector = initCol << 2;
	let c0 = v128.load(init);
	let c1 = v128.load(init + vector);
	let c2 = v128.load(init + 2 * vector);
	let c3 = v128.load(init + 3 * vector);
	let c4 = v128.load(init + 4 * vector);
	let c5 = v128.load(init + 5 * vector);
	let c6 = v128.load(init + 6 * vector);
	let c7 = v128.load(init + 7 * vector);
	do {
		const s = v128.load32_splat(a);
		c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
		c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
		c2 = f32x4.add(c2, f32x4.mul(s, v128.load(b, 32)));
		c3 = f32x4.add(c3, f32x4.mul(s, v128.load(b, 48)));
		c4 = f32x4.add(c4, f32x4.mul(s, v128.load(b, 64)));
		c5 = f32x4.add(c5, f32x4.mul(s, v128.load(b, 80)));
		c6 = f32x4.add(c6, f32x4.mul(s, v128.load(b, 96)));
		c7 = f32x4.add(c7, f32x4.mul(s, v128.load(b, 112)));
		a += aStep;
		b += bStep;
	} while (--k);
	finish(kind, c, c0, 4);
	finish(kind, c + 16, c1, 4);
	finish(kind, c + 32, c2, 4);
	finish(kind, c + 48, c3, 4);
	finish(kind, c + 64, c4, n - 16);
	if (n <= 20) return;
	finish(kind, c + 80, c5, n - 20);
	if (n <= 24) return;
	finish(kind, c + 96, c6, n - 24);
	if (n <= 28) return;
	finish(kind, c + 112, c7, n - 28);
}

// @ts-ignore: decorator
@inline
function row16(
	a: usize, aStep: usize, b: usize, bStep: usize, k: i32, c: usize, init: usize, initCol: usize, n: i32, kind: i32,
): void {
	const vector = initCol << 2;
	let c0 = v128.load(init);
	let c1 = v128.load(init + vector);
	let c2 = v128.load(init + 2 * vector);
	let c3 = v128.load(init + 3 * vector);
	do {
		const s = v128.load32_splat(a);
		c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
		c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
		c2 = f32x4.add(c2, f32x4.mul(s, v128.load(b, 32)));
		c3 = f32x4.add(c3, f32x4.mul(s, v128.load(b, 48)));
		a += aStep;
		b += bStep;
	} while (--k);
	finish(kind, c, c0, 4);
	finish(kind, c + 16, c1, n - 4);
	if (n <= 8) return;
	finish(kind, c + 32, c2, n - 8);
	if (n <= 12) return;
	finish(kind, c + 48, c3, n - 12);
}

// @ts-ignore: decorator
@inline
function row4(a: usize, aStep: usize, b: usize, bStep: usize, k: i32, c: usize, init: usize, n: i32, kind: i32): void {
	let sum = v128.load(init);
	do {
		sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), v128.load(b)));
		a += aStep;
		b += bStep;
	} while (--k);
	finish(kind, c, sum, n);
}

/**
 * One row of A·Bᵀ straight from B, whose rows hold k: four rows of B at a time are turned by shuffles, so that each column is still one
 * lane. `a` is contiguous and padded with zeros to a multiple of four.
 */
export function rowTransposed(a: usize, b: usize, ldb: usize, k: i32, c: usize, n: i32, kind: i32): void {
	while (n > 0) {
		let sum = f32x4.splat(0);
		let b0 = b;
		let b1 = n > 1 ? b + ldb : b;
		let b2 = n > 2 ? b1 + ldb : b1;
		let b3 = n > 3 ? b2 + ldb : b2;
		let at = a;
		let left = k;
		do {
			const r0 = v128.load(b0), r1 = v128.load(b1), r2 = v128.load(b2), r3 = v128.load(b3);
			const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
			const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
			sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(at), v128.shuffle<f64>(low01, low23, 0, 2)));
			if (left > 1) {
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(at, 4), v128.shuffle<f64>(low01, low23, 1, 3)));
				if (left > 2) {
					const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
					const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
					sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(at, 8), v128.shuffle<f64>(high01, high23, 0, 2)));
					if (left > 3) sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(at, 12), v128.shuffle<f64>(high01, high23, 1, 3)));
				}
			}
			b0 += 16;
			b1 += 16;
			b2 += 16;
			b3 += 16;
			at += 16;
			left -= 4;
		} while (left > 0);
		finish(kind, c, sum, n);
		b += ldb << 2;
		c += 16;
		n -= 4;
	}
}
