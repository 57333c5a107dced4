import { finish, finishTile } from "./epilogue";

/**
 * The inner kernels of a matrix product. Every element is one sum in one lane, over k ascending, begun at `init`: the order of additions is
 * the same in every tile, so which path computes an element never changes its bits.
 *
 * Eight accumulators, two vectors of B and the four splats of A fit V8's fifteen registers. Not plainly unrolled over k: V8 hoists all
 * loads of a basic block to its top, and spills.
 */

/** 4 rows × 8 columns. a0…a3: first element of each row of A; a row pointer may repeat where there are fewer than four `rows`. */
export function tile4x8(
	a0: usize, a1: usize, a2: usize, a3: usize, aStep: usize, b: usize, bStep: usize, k: i32,
	c: usize, ldc: usize, init: usize, initRow: usize, rows: i32, cols: i32, kind: i32,
): void {
	let c00 = v128.load(init), c01 = v128.load(init, 16);
	if (rows > 1) init += initRow;
	let c10 = v128.load(init), c11 = v128.load(init, 16);
	if (rows > 2) init += initRow;
	let c20 = v128.load(init), c21 = v128.load(init, 16);
	if (rows > 3) init += initRow;
	let c30 = v128.load(init), c31 = v128.load(init, 16);
	do {
		const b0 = v128.load(b), b1 = v128.load(b, 16);
		const s0 = v128.load32_splat(a0);
		c00 = f32x4.add(c00, f32x4.mul(s0, b0));
		c01 = f32x4.add(c01, f32x4.mul(s0, b1));
		const s1 = v128.load32_splat(a1);
		c10 = f32x4.add(c10, f32x4.mul(s1, b0));
		c11 = f32x4.add(c11, f32x4.mul(s1, b1));
		const s2 = v128.load32_splat(a2);
		c20 = f32x4.add(c20, f32x4.mul(s2, b0));
		c21 = f32x4.add(c21, f32x4.mul(s2, b1));
		const s3 = v128.load32_splat(a3);
		c30 = f32x4.add(c30, f32x4.mul(s3, b0));
		c31 = f32x4.add(c31, f32x4.mul(s3, b1));
		a0 += aStep;
		a1 += aStep;
		a2 += aStep;
		a3 += aStep;
		b += bStep;
	} while (--k);
	finishTile(kind, c, ldc, rows, cols, c00, c01, c10, c11, c20, c21, c30, c31);
}

/**
 * The same where the rows' elements are neighbours: packed, or of a transposed matrix. Elements beyond `rows` are read, but don't count.
 */
export function tile4x8Adjacent(
	a: usize, aStep: usize, b: usize, bStep: usize, k: i32,
	c: usize, ldc: usize, init: usize, initRow: usize, rows: i32, cols: i32, kind: i32,
): void {
	let c00 = v128.load(init), c01 = v128.load(init, 16);
	if (rows > 1) init += initRow;
	let c10 = v128.load(init), c11 = v128.load(init, 16);
	if (rows > 2) init += initRow;
	let c20 = v128.load(init), c21 = v128.load(init, 16);
	if (rows > 3) init += initRow;
	let c30 = v128.load(init), c31 = v128.load(init, 16);
	do {
		const b0 = v128.load(b), b1 = v128.load(b, 16);
		const s0 = v128.load32_splat(a);
		c00 = f32x4.add(c00, f32x4.mul(s0, b0));
		c01 = f32x4.add(c01, f32x4.mul(s0, b1));
		const s1 = v128.load32_splat(a, 4);
		c10 = f32x4.add(c10, f32x4.mul(s1, b0));
		c11 = f32x4.add(c11, f32x4.mul(s1, b1));
		const s2 = v128.load32_splat(a, 8);
		c20 = f32x4.add(c20, f32x4.mul(s2, b0));
		c21 = f32x4.add(c21, f32x4.mul(s2, b1));
		const s3 = v128.load32_splat(a, 12);
		c30 = f32x4.add(c30, f32x4.mul(s3, b0));
		c31 = f32x4.add(c31, f32x4.mul(s3, b1));
		a += aStep;
		b += bStep;
	} while (--k);
	finishTile(kind, c, ldc, rows, cols, c00, c01, c10, c11, c20, c21, c30, c31);
}

/**
 * The same where A and B are both packed: runs of four and of eight neighbours. Four steps a round, so that counters, addresses and V8's
 * check for interrupts are paid for once in four; each but the last can be the end, which keeps the steps in blocks of their own, where
 * nothing can be hoisted.
 */
export function tile4x8Packed(
	a: usize, b: usize, k: i32, c: usize, ldc: usize, init: usize, initRow: usize, rows: i32, cols: i32, kind: i32,
): void {
	let c00 = v128.load(init), c01 = v128.load(init, 16);
	if (rows > 1) init += initRow;
	let c10 = v128.load(init), c11 = v128.load(init, 16);
	if (rows > 2) init += initRow;
	let c20 = v128.load(init), c21 = v128.load(init, 16);
	if (rows > 3) init += initRow;
	let c30 = v128.load(init), c31 = v128.load(init, 16);
	let b0: v128, b1: v128, s: v128;
	do {
		b0 = v128.load(b);
		b1 = v128.load(b, 16);
		s = v128.load32_splat(a);
		c00 = f32x4.add(c00, f32x4.mul(s, b0));
		c01 = f32x4.add(c01, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 4);
		c10 = f32x4.add(c10, f32x4.mul(s, b0));
		c11 = f32x4.add(c11, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 8);
		c20 = f32x4.add(c20, f32x4.mul(s, b0));
		c21 = f32x4.add(c21, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 12);
		c30 = f32x4.add(c30, f32x4.mul(s, b0));
		c31 = f32x4.add(c31, f32x4.mul(s, b1));
		if (k == 1) break;
		b0 = v128.load(b, 32);
		b1 = v128.load(b, 48);
		s = v128.load32_splat(a, 16);
		c00 = f32x4.add(c00, f32x4.mul(s, b0));
		c01 = f32x4.add(c01, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 20);
		c10 = f32x4.add(c10, f32x4.mul(s, b0));
		c11 = f32x4.add(c11, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 24);
		c20 = f32x4.add(c20, f32x4.mul(s, b0));
		c21 = f32x4.add(c21, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 28);
		c30 = f32x4.add(c30, f32x4.mul(s, b0));
		c31 = f32x4.add(c31, f32x4.mul(s, b1));
		if (k == 2) break;
		b0 = v128.load(b, 64);
		b1 = v128.load(b, 80);
		s = v128.load32_splat(a, 32);
		c00 = f32x4.add(c00, f32x4.mul(s, b0));
		c01 = f32x4.add(c01, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 36);
		c10 = f32x4.add(c10, f32x4.mul(s, b0));
		c11 = f32x4.add(c11, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 40);
		c20 = f32x4.add(c20, f32x4.mul(s, b0));
		c21 = f32x4.add(c21, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 44);
		c30 = f32x4.add(c30, f32x4.mul(s, b0));
		c31 = f32x4.add(c31, f32x4.mul(s, b1));
		if (k == 3) break;
		b0 = v128.load(b, 96);
		b1 = v128.load(b, 112);
		s = v128.load32_splat(a, 48);
		c00 = f32x4.add(c00, f32x4.mul(s, b0));
		c01 = f32x4.add(c01, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 52);
		c10 = f32x4.add(c10, f32x4.mul(s, b0));
		c11 = f32x4.add(c11, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 56);
		c20 = f32x4.add(c20, f32x4.mul(s, b0));
		c21 = f32x4.add(c21, f32x4.mul(s, b1));
		s = v128.load32_splat(a, 60);
		c30 = f32x4.add(c30, f32x4.mul(s, b0));
		c31 = f32x4.add(c31, f32x4.mul(s, b1));
		a += 64;
		b += 128;
		k -= 4;
	} while (k);
	finishTile(kind, c, ldc, rows, cols, c00, c01, c10, c11, c20, c21, c30, c31);
}

/** 4 rows × at most 4 columns. */
export function tile4x4(
	a0: usize, a1: usize, a2: usize, a3: usize, aStep: usize, b: usize, bStep: usize, k: i32,
	c: usize, ldc: usize, init: usize, initRow: usize, rows: i32, cols: i32, kind: i32,
): void {
	let c0 = v128.load(init);
	if (rows > 1) init += initRow;
	let c1 = v128.load(init);
	if (rows > 2) init += initRow;
	let c2 = v128.load(init);
	if (rows > 3) init += initRow;
	let c3 = v128.load(init);
	do {
		const b0 = v128.load(b);
		c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a0), b0));
		c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), b0));
		c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), b0));
		c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), b0));
		a0 += aStep;
		a1 += aStep;
		a2 += aStep;
		a3 += aStep;
		b += bStep;
	} while (--k);
	finish(kind, c, c0, cols);
	if (rows == 1) return;
	finish(kind, c + ldc, c1, cols);
	if (rows == 2) return;
	finish(kind, c + 2 * ldc, c2, cols);
	if (rows == 3) return;
	finish(kind, c + 3 * ldc, c3, cols);
}
