import { DESCEND, STORE, descendAll } from "./epilogue";
import { isNative, nativeProduct } from "./native";
import { packColumns, packRows, packTransposed } from "./pack";
import { row, rowTransposed } from "./row";
import { tile4x4, tile4x8, tile4x8Adjacent, tile4x8Packed } from "./tile";
import { REQUEST, isVector, setRequest, vectorProduct } from "./vector";

/**
 * Blocking after Goto & van de Geijn 2008: a block of A (MC × KC) stays in the second-level cache, a panel of B (KC × 8) in the first.
 * Sums run on through the blocks of k (the next one starts from what the last one stored), so blocking doesn't change a bit either.
 */
const KC: i32 = 256;
const MC: i32 = 192;
const NC: i32 = 1024;

/**
 * Columns from which on gradients are used up in whole rows, as many as the cache holds, rather than tile by tile: a tile takes half a
 * cache line of parameters and of velocities from each of its rows, which are then a page apart.
 */
const WIDE: i32 = 512;
const WHILE_CACHED: i32 = 8192;

/**
 * Bytes of scratch that products need: zeros to begin sums at, the packed A, the packed B, rows of a product for both, what is asked of
 * wider vectors.
 */
const ZEROS: usize = 64;
const PACKED_A: usize = <usize>(MC * KC) << 2;
const PACKED_B: usize = <usize>(KC * NC) << 2;
const PRODUCT: usize = <usize>WHILE_CACHED << 2;
/** The rows of a product that wider vectors keep: twelve, of NC. */
const WIDER_ROWS: usize = <usize>(12 * NC) << 2;

let zeros: usize = 0;
let packedA: usize = 0;
let packedB: usize = 0;
let product: usize = 0;

export function scratchBytes(): usize {
	return ZEROS + PACKED_A + PACKED_B + PRODUCT + WIDER_ROWS + REQUEST;
}

/** Hands over `scratchBytes()` zeroed bytes. */
export function setScratch(at: usize): void {
	zeros = at;
	packedA = at + ZEROS;
	packedB = packedA + PACKED_A;
	product = packedB + PACKED_B;
	setRequest(product + PRODUCT + WIDER_ROWS, packedA, packedB, product + PRODUCT);
}

export const FROM_ZERO: i32 = 0;
export const FROM_C: i32 = 1;
export const FROM_BIAS: i32 = 2;

/**
 * C (m × n) ← epilogue(start + A·B), A read at a + i·aRow + p·aStep (so both A and Aᵀ), B k × n, or with `transposed` n × k, in rows of
 * `ldb`. All strides in bytes. `from`: sums start at zero, at C, or at a row of biases.
 */
export function gemm(
	m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, ldb: usize, transposed: bool,
	c: usize, ldc: usize, from: i32, bias: usize, kind: i32,
): void {
	if (isNative(m, n, k)) {
		nativeProduct(m, n, k, a, aRow, aStep, b, ldb, transposed, c, ldc, from == FROM_C, from == FROM_BIAS ? bias : 0, kind);
		return;
	}
	if (isVector(m, n, k, transposed)) {
		vectorProduct(m, n, k, a, aRow, aStep, b, ldb, transposed, c, ldc, from, bias, kind);
		return;
	}
	let init = from == FROM_ZERO ? zeros : from == FROM_C ? c : bias;
	const initRow: usize = from == FROM_C ? ldc : 0;
	const initCol: usize = from == FROM_ZERO ? 0 : 4;
	if (transposed && m < 4) {
		for (let i = 0; i < m; i++) rowTransposed(a + <usize>i * aRow, b, ldb, k, c + <usize>i * ldc, n, kind);
		return;
	}
	if (kind == DESCEND && k == 1 && from == FROM_ZERO) {
		// An outer product: no sums, so the epilogue is all the work, and runs over whole rows.
		for (; m > 0; m--, a += aRow, c += ldc) descendAll(c, b, f32.load(a), n);
		return;
	}
	if (!transposed && (m < 4 || (k < 4 && kind != DESCEND))) {
		for (let i = 0; i < m; i++) {
			row(a, aStep, b, ldb, k, c, init, initCol, n, kind);
			a += aRow;
			c += ldc;
			init += initRow;
		}
		return;
	}
	// Packing pays where the panels are used often enough; where both are packed, the fastest tile runs on them.
	const wide = n > 64 && k >= 16;
	const packB = transposed || (m >= 24 && (wide || <usize>min(k, KC) * ldb > 32768));
	const packA = wide && (aStep == 4 ? m > 4 : packB || k > 64);
	for (let j = 0; j < n; j += NC) {
		const nc = min(n - j, NC);
		for (let p = 0; p < k; p += KC) {
			const kc = min(k - p, KC);
			let bPanels: usize, bPanel: usize, bStep: usize;
			if (packB) {
				if (transposed) packTransposed(b + <usize>j * ldb + (<usize>p << 2), ldb, kc, nc, packedB);
				else packColumns(b + <usize>p * ldb + (<usize>j << 2), ldb, kc, nc, packedB);
				bPanels = packedB;
				bPanel = <usize>kc << 5;
				bStep = 32;
			} else {
				bPanels = b + <usize>p * ldb + (<usize>j << 2);
				bPanel = 32;
				bStep = ldb;
			}
			const first = p == 0;
			const last = p + kc == k;
			const apply = last && kind == DESCEND && nc >= WIDE;
			const most = apply ? min(MC, (WHILE_CACHED / nc) & ~3) : MC;
			for (let i = 0; i < m; i += most) {
				const mc = min(m - i, most);
				const aBlock = a + <usize>i * aRow + <usize>p * aStep;
				const cBlock = c + <usize>i * ldc + (<usize>j << 2);
				const initBlock = first ? init + <usize>i * initRow + <usize>j * initCol : cBlock;
				const blockRow = first ? initRow : ldc;
				const blockCol: usize = first ? initCol : 4;
				const blockKind = last && !apply ? kind : STORE;
				const to = apply ? product : cBlock, ldTo = apply ? <usize>nc << 2 : ldc;
				if (packA) {
					packRows(aBlock, aRow, aStep, mc, kc, packedA);
					block(mc, nc, kc, packedA, 4, 16, <usize>kc << 4, bPanels, bStep, bPanel, to, ldTo, initBlock, blockRow, blockCol, blockKind);
				} else block(mc, nc, kc, aBlock, aRow, aStep, aRow << 2, bPanels, bStep, bPanel, to, ldTo, initBlock, blockRow, blockCol, blockKind);
				if (apply) for (let r = 0; r < mc; r++) descendAll(cBlock + <usize>r * ldc, product + <usize>r * ldTo, 1, nc);
			}
		}
	}
}

/** One block: every panel of B over every four rows of A. */
function block(
	m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, aPanel: usize, b: usize, bStep: usize, bPanel: usize,
	c: usize, ldc: usize, init: usize, initRow: usize, initCol: usize, kind: i32,
): void {
	const packed = aRow == 4 && aStep == 16 && bStep == 32;
	for (let j = 0; j < n; j += 8) {
		const cols = n - j;
		let a0 = a;
		let cAt = c + (<usize>j << 2);
		let initAt = init + <usize>j * initCol;
		for (let i = 0; i < m; i += 4) {
			const rows = m - i;
			const a1 = rows > 1 ? a0 + aRow : a0;
			const a2 = rows > 2 ? a1 + aRow : a1;
			const a3 = rows > 3 ? a2 + aRow : a2;
			if (cols > 4 && packed) tile4x8Packed(a0, b, k, cAt, ldc, initAt, initRow, rows, cols, kind);
			else if (cols > 4 && aRow == 4) tile4x8Adjacent(a0, aStep, b, bStep, k, cAt, ldc, initAt, initRow, rows, cols, kind);
			else if (cols > 4) tile4x8(a0, a1, a2, a3, aStep, b, bStep, k, cAt, ldc, initAt, initRow, rows, cols, kind);
			else tile4x4(a0, a1, a2, a3, aStep, b, bStep, k, cAt, ldc, initAt, initRow, rows, cols, kind);
			a0 += aPanel;
			cAt += ldc << 2;
			initAt += initRow << 2;
		}
		b += bPanel;
	}
}
