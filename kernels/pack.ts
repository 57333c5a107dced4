import { turn4 } from "./turn";

/** Panels of eight columns of B (k × n, row-major), each as k runs of eight; the last panel's missing columns hold what follows in B. */
export function packColumns(b: usize, ldb: usize, k: i32, n: i32, to: usize): void {
	for (let j = 0; j < n; j += 8) {
		let from = b + (<usize>j << 2);
		for (let p = 0; p < k; p++) {
			v128.store(to, v128.load(from));
			v128.store(to, v128.load(from, 16), 16);
			from += ldb;
			to += 32;
		}
	}
}

/** The same panels of Bᵀ, from B given as n rows of k. Rows beyond n repeat the last one. */
export function packTransposed(b: usize, ldb: usize, k: i32, n: i32, to: usize): void {
	for (let j = 0; j < n; j += 4) {
		const b0 = b + <usize>j * ldb;
		const b1 = j + 1 < n ? b0 + ldb : b0;
		const b2 = j + 2 < n ? b1 + ldb : b1;
		const b3 = j + 3 < n ? b2 + ldb : b2;
		let into = to + <usize>(j >> 3) * (<usize>k << 5) + (<usize>(j & 4) << 2);
		let p = 0;
		for (; p + 4 <= k; p += 4) {
			const at = <usize>p << 2;
			turn4(v128.load(b0 + at), v128.load(b1 + at), v128.load(b2 + at), v128.load(b3 + at), into, 32);
			into += 128;
		}
		for (; p < k; p++) {
			const at = <usize>p << 2;
			f32.store(into, f32.load(b0 + at));
			f32.store(into, f32.load(b1 + at), 4);
			f32.store(into, f32.load(b2 + at), 8);
			f32.store(into, f32.load(b3 + at), 12);
			into += 32;
		}
	}
}

/** Panels of four rows of A, each as k runs of four. Rows beyond m repeat the last one. */
export function packRows(a: usize, aRow: usize, aStep: usize, m: i32, k: i32, to: usize): void {
	for (let i = 0; i < m; i += 4) {
		let a0 = a + <usize>i * aRow;
		let a1 = i + 1 < m ? a0 + aRow : a0;
		let a2 = i + 2 < m ? a1 + aRow : a1;
		let a3 = i + 3 < m ? a2 + aRow : a2;
		let p = k;
		if (aRow == 4 && i + 4 <= m) {
			do {
				v128.store(to, v128.load(a0));
				a0 += aStep;
				to += 16;
			} while (--p);
			continue;
		}
		if (aStep == 4)
			for (; p >= 4; p -= 4) {
				turn4(v128.load(a0), v128.load(a1), v128.load(a2), v128.load(a3), to, 16);
				a0 += 16;
				a1 += 16;
				a2 += 16;
				a3 += 16;
				to += 64;
			}
		while (p-- > 0) {
			f32.store(to, f32.load(a0));
			f32.store(to, f32.load(a1), 4);
			f32.store(to, f32.load(a2), 8);
			f32.store(to, f32.load(a3), 12);
			a0 += aStep;
			a1 += aStep;
			a2 += aStep;
			a3 += aStep;
			to += 16;
		}
	}
}
