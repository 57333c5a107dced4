import { RECTIFY, STORE } from "./epilogue";
import { FROM_BIAS, FROM_ZERO, gemm } from "./gemm";
import { sumOfSquares } from "./reduce";
import { update } from "./update";
import { Geometry, fold, unfold } from "./window";

/** Whether windows are single pixels, each once: then an image is its own unfolding. */
// @ts-ignore: decorator
@inline
function isPointwise(g: Geometry): bool {
	return g.windowHeight * g.windowWidth * g.stride == 1 && g.padding == 0;
}

/**
 * y ← w applied to every window of x, plus bias, through a ReLU if asked; one example after the other. w: windowHeight·windowWidth·channels ×
 * filters. Strides of x and y in bytes. `patches`: scratch for one unfolded example.
 */
export function convolutionForward(
	x: usize, xStride: usize, w: usize, bias: usize, y: usize, yStride: usize, rows: i32, g: Geometry, filters: i32, patches: usize,
	rectify: bool,
): void {
	const places = g.outHeight * g.outWidth;
	const run = g.windowHeight * g.windowWidth * g.channels;
	const wide = <usize>filters << 2;
	const pointwise = isPointwise(g);
	for (; rows > 0; rows--, x += xStride, y += yStride) {
		if (!pointwise) unfold(x, g, patches);
		const a = pointwise ? x : patches;
		gemm(places, filters, run, a, <usize>run << 2, 4, w, wide, false, y, wide, FROM_BIAS, bias, rectify ? RECTIFY : STORE);
	}
}

/** As for dense layers. */
const ADD: i32 = 1;
const APPLY: i32 = 2;

/**
 * From dy, the gradient with respect to y, example by example: with A the unfolded example, of one row for each place,
 *
 *     dx = fold(dy·wᵀ)      dw += Aᵀ·dy      dbias += column sums of dy
 *
 * `rectified`: y where a ReLU came behind, else 0; dy then becomes 0 in place where y is. `dx` 0: not wanted. `sink`: as in `denseBackward`;
 * w's gradient lies at dw, the biases' right behind it. Each example's own gradient is computed by itself in `own` (scratch of their size),
 * then added, so that the order of additions never changes; divisor² times its squared norm is added to the example's double at `norms`, if not 0.
 */
export function convolutionBackward(
	x: usize, xStride: usize, dy: usize, rectified: usize, yStride: usize, w: usize, dx: usize, dw: usize, rows: i32, g: Geometry,
	filters: i32, patches: usize, own: usize, sink: i32, norms: usize, divisor: i32,
): void {
	const places = g.outHeight * g.outWidth;
	const run = g.windowHeight * g.windowWidth * g.channels;
	const wide = <usize>filters << 2;
	const pointwise = isPointwise(g);
	const count = (run + 1) * filters;
	const ownBias = own + <usize>run * wide;
	const scale = <f64>divisor * <f64>divisor;
	let add = sink == ADD;
	for (; rows > 0; rows--, x += xStride, dy += yStride) {
		if (rectified) {
			stop(rectified, dy, places * filters);
			rectified += yStride;
		}
		if (!pointwise) unfold(x, g, patches);
		gemm(run, filters, places, pointwise ? x : patches, 4, <usize>run << 2, dy, wide, false, own, wide, FROM_ZERO, 0, STORE);
		sumColumns(dy, places, filters, ownBias);
		if (norms) {
			f64.store(norms, f64.load(norms) + scale * sumOfSquares(own, count));
			norms += 8;
		}
		if (add) addTo(dw, own, count);
		else memory.copy(dw, own, <usize>count << 2);
		add = true;
		if (dx) {
			gemm(places, run, filters, dy, wide, 4, w, wide, true, pointwise ? dx : patches, <usize>run << 2, FROM_ZERO, 0, STORE);
			if (!pointwise) fold(patches, g, dx);
			dx += xStride;
		}
	}
	if (sink == APPLY) update(dw, count);
}

/** dy ← dy where y > 0, else 0. */
function stop(y: usize, dy: usize, count: i32): void {
	const zero = f32x4.splat(0);
	for (; count >= 4; count -= 4, y += 16, dy += 16) v128.store(dy, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
	for (; count > 0; count--, y += 4, dy += 4) if (!(f32.load(y) > 0)) f32.store(dy, 0);
}

/** The last vector may write up to three floats behind the columns: `to` is scratch. */
function sumColumns(y: usize, rows: i32, columns: i32, to: usize): void {
	for (let j = 0; j < columns; j += 4, y += 16, to += 16) {
		let sum = f32x4.splat(0);
		let at = y;
		for (let i = 0; i < rows; i++, at += <usize>columns << 2) sum = f32x4.add(sum, v128.load(at));
		v128.store(to, sum);
	}
}

function addTo(to: usize, from: usize, count: i32): void {
	for (; count >= 4; count -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
	for (; count > 0; count--, from += 4, to += 4) f32.store(to, f32.load(to) + f32.load(from));
}
