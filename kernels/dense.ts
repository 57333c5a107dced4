import { DESCEND, MASK, RECTIFY, STORE, finish, setMask } from "./epilogue";
import { FROM_BIAS, FROM_C, FROM_ZERO, gemm } from "./gemm";
import { addRowNorms } from "./reduce";

/** y (rows × outputs) ← x·w + bias, through a ReLU if asked. Strides of x and y in bytes; w is inputs × outputs without padding. */
export function denseForward(
	x: usize, xStride: usize, w: usize, bias: usize, y: usize, yStride: usize, rows: i32, inputs: i32, outputs: i32, rectify: bool,
): void {
	gemm(rows, outputs, inputs, x, xStride, 4, w, <usize>outputs << 2, false, y, yStride, FROM_BIAS, bias, rectify ? RECTIFY : STORE);
}

/** What becomes of a parameter gradient. */
const REPLACE: i32 = 0;
const ADD: i32 = 1;
const APPLY: i32 = 2;

/**
 * From dy, the gradient with respect to y:
 *
 *     dx = dy·wᵀ (zero where `rectified` and x ≤ 0)      dw = xᵀ·dy      dbias = column sums of dy
 *
 * `dx` 0: not wanted. `sink`: the gradients replace what lies at dw and dbias, are added to it, or (after `setDescent`) are applied to the
 * parameters at once, dx being taken from the parameters before. `norms`: 0, or one double per row, to which |∂/∂(w, bias)|² of that row
 * alone is added: a row's weight gradient is the outer product of x and dy, so it is (|x|² + 1)·|dy|²; times divisor², which undoes a
 * mean's 1/B.
 */
export function denseBackward(
	x: usize, xStride: usize, dy: usize, yStride: usize, w: usize, dx: usize, rectified: bool, dw: usize, dbias: usize,
	rows: i32, inputs: i32, outputs: i32, sink: i32, norms: usize, divisor: i32,
): void {
	if (norms) addRowNorms(x, xStride, inputs, dy, yStride, outputs, rows, norms, divisor);
	const wStride = <usize>outputs << 2;
	if (dx) {
		setMask(x - dx);
		gemm(rows, inputs, outputs, dy, yStride, 4, w, wStride, true, dx, xStride, FROM_ZERO, 0, rectified ? MASK : STORE);
	}
	const from = sink == ADD ? FROM_C : FROM_ZERO;
	const kind = sink == APPLY ? DESCEND : STORE;
	gemm(inputs, outputs, rows, x, 4, xStride, dy, yStride, false, dw, wStride, from, 0, kind);
	columnSums(dy, yStride, rows, outputs, dbias, sink == ADD, kind);
}

function columnSums(y: usize, stride: usize, rows: i32, columns: i32, to: usize, add: bool, kind: i32): void {
	for (let j = 0; j < columns; j += 4) {
		let at = y + (<usize>j << 2);
		const c = to + (<usize>j << 2);
		let sum = add ? v128.load(c) : f32x4.splat(0);
		for (let i = 0; i < rows; i++) {
			sum = f32x4.add(sum, v128.load(at));
			at += stride;
		}
		finish(kind, c, sum, columns - j);
	}
}
