import { listsIn, ownIn, patchesIn, turnedIn } from "./convolution-scratch";
import { RECTIFY, STORE } from "./epilogue";
import { FROM_BIAS, FROM_ZERO, gemm } from "./gemm";
import { listedImage, listedWeights } from "./listed";
import { isNine, nineBackward, nineForward } from "./nine";
import { list, stop } from "./nonzero";
import { sumOfSquares } from "./reduce";
import { turn } from "./turn";
import { update } from "./update";
import { Geometry, cropped, fold, padded, runOf, unfold } from "./window";

/** Whether windows are single pixels, each once: then an image is its own unfolding. */
// @ts-ignore: decorator
@inline
function isPointwise(g: Geometry): bool {
	return g.windowHeight * g.windowWidth * g.stride == 1 && g.padding == 0;
}

/**
 * y ← w applied to every window of x, plus bias, through a ReLU if asked; one example after the other. w: windowHeight·windowWidth·channels
 * × filters. Strides of x and y in bytes.
 */
export function convolutionForward(
	x: usize, xStride: usize, w: usize, bias: usize, y: usize, yStride: usize, rows: i32, g: Geometry, filters: i32, scratch: usize,
	rectify: bool,
): void {
	const places = g.outHeight * g.outWidth;
	const run = runOf(g);
	const wide = <usize>filters << 2;
	const nine = isNine(g), pointwise = isPointwise(g);
	const patches = patchesIn(scratch, g);
	for (; rows > 0; rows--, x += xStride, y += yStride) {
		const image = padded(x, g, scratch);
		if (nine) {
			nineForward(image, g, w, bias, y, filters, rectify);
			continue;
		}
		if (!pointwise) unfold(image, g, patches);
		const a = pointwise ? image : patches;
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
 * by the matrix product, by what is not zero in dy where that is little, or straight from the image: which one doesn't change a bit.
 *
 * `rectified`: y where a ReLU came behind, else 0; dy then becomes 0 in place where y is. `dx` 0: not wanted. `sink`: as in
 * `denseBackward`; w's gradient lies at dw, the biases' right behind it. Each example's own gradient is computed by itself, then added, so
 * that the order of additions never changes; divisor² times its squared norm is added to the example's double at `norms`, if not 0.
 */
export function convolutionBackward(
	x: usize, xStride: usize, dy: usize, rectified: usize, yStride: usize, w: usize, dx: usize, dw: usize, rows: i32, g: Geometry,
	filters: i32, scratch: usize, sink: i32, norms: usize, divisor: i32,
): void {
	const places = g.outHeight * g.outWidth;
	const run = runOf(g);
	const wide = <usize>filters << 2;
	const count = (run + 1) * filters;
	const nine = isNine(g), pointwise = isPointwise(g);
	const patches = patchesIn(scratch, g), own = ownIn(scratch, g), turned = turnedIn(scratch, g, filters), lists = listsIn(scratch, g, filters);
	const scale = <f64>divisor * <f64>divisor;
	let add = sink == ADD;
	for (; rows > 0; rows--, x += xStride, dy += yStride) {
		// With a third left, lists took from half the products' time (long rows of a window) to a fifth more (rows of five floats).
		const few = 3 * stop(rectified, dy, places * filters) <= places * filters;
		if (rectified) rectified += yStride;
		const image = padded(x, g, scratch);
		if (few && (dx || !nine)) list(dy, g, filters, run, lists);
		if (nine) nineBackward(image, g, dy, filters, own);
		else if (few) listedWeights(image, g, filters, lists, turned, own);
		else {
			if (!pointwise) unfold(image, g, patches);
			gemm(run, filters, places, pointwise ? image : patches, 4, <usize>run << 2, dy, wide, false, own, wide, FROM_ZERO, 0, STORE);
		}
		sumColumns(dy, places, filters, own + <usize>run * wide);
		if (norms) {
			f64.store(norms, f64.load(norms) + scale * sumOfSquares(own, count));
			norms += 8;
		}
		if (add) addTo(dw, own, count);
		else memory.copy(dw, own, <usize>count << 2);
		add = true;
		if (dx) {
			const into = g.padding == 0 ? dx : scratch;
			if (few) {
				turn(w, run, filters, turned);
				listedImage(turned, g, filters, lists, into);
			} else {
				gemm(places, run, filters, dy, wide, 4, w, wide, true, pointwise ? dx : patches, <usize>run << 2, FROM_ZERO, 0, STORE);
				if (!pointwise) fold(patches, g, into);
			}
			if (into != dx) cropped(into, g, dx);
			dx += xStride;
		}
	}
	if (sink == APPLY) update(dw, count);
}

/**
 * Sixteen columns at a time, so that additions need not wait for each other. Up to fifteen floats behind the columns are written: `to` is
 * scratch.
 */
function sumColumns(y: usize, rows: i32, columns: i32, to: usize): void {
	for (let j = 0; j < columns; j += 16, y += 64, to += 64) {
		let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
		for (let i = 0, at = y; i < rows; i++, at += <usize>columns << 2) {
			c0 = f32x4.add(c0, v128.load(at));
			c1 = f32x4.add(c1, v128.load(at, 16));
			c2 = f32x4.add(c2, v128.load(at, 32));
			c3 = f32x4.add(c3, v128.load(at, 48));
		}
		v128.store(to, c0);
		v128.store(to, c1, 16);
		v128.store(to, c2, 32);
		v128.store(to, c3, 48);
	}
}

function addTo(to: usize, from: usize, count: i32): void {
	for (; count >= 4; count -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
	for (; count > 0; count--, from += 4, to += 4) f32.store(to, f32.load(to) + f32.load(from));
}
