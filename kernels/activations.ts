import { expOf, normalOf, sigmoidOf, tanhOf } from "./math";

/**
 * Activation functions, element by element over `bytes` (a multiple of 16), each with the way back: dx ← dy · f′. NaN stays NaN. But for
 * the sigmoid, 0 becomes 0, so that padding stays padding.
 */

/** y ← max(x, 0). */
export function reluForward(x: usize, y: usize, bytes: usize): void {
	const zero = f32x4.splat(0);
	for (const end = x + bytes; x < end; x += 16, y += 16) v128.store(y, f32x4.pmax(v128.load(x), zero));
}

/** dx ← dy where x > 0, else 0. */
export function reluBackward(x: usize, dy: usize, dx: usize, bytes: usize): void {
	const zero = f32x4.splat(0);
	for (const end = x + bytes; x < end; x += 16, dy += 16, dx += 16)
		v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(x), zero)));
}

/** y ← x where x > 0, else slope · x. `slope`: a float's bits, which JavaScript hands on without allocating. */
export function leakyReluForward(x: usize, y: usize, bytes: usize, slope: i32): void {
	const zero = f32x4.splat(0), factor = f32x4.splat(reinterpret<f32>(slope));
	for (const end = x + bytes; x < end; x += 16, y += 16) {
		const v = v128.load(x);
		v128.store(y, v128.bitselect(v, f32x4.mul(factor, v), f32x4.gt(v, zero)));
	}
}

/** dx ← dy where x > 0, else slope · dy. */
export function leakyReluBackward(x: usize, dy: usize, dx: usize, bytes: usize, slope: i32): void {
	const zero = f32x4.splat(0), factor = f32x4.splat(reinterpret<f32>(slope));
	for (const end = x + bytes; x < end; x += 16, dy += 16, dx += 16) {
		const d = v128.load(dy);
		v128.store(dx, v128.bitselect(d, f32x4.mul(factor, d), f32x4.gt(v128.load(x), zero)));
	}
}

export function tanhForward(x: usize, y: usize, bytes: usize): void {
	for (const end = x + bytes; x < end; x += 16, y += 16) v128.store(y, tanhOf(v128.load(x)));
}

/** dx ← dy·(1 − y²), from the output. */
export function tanhBackward(y: usize, dy: usize, dx: usize, bytes: usize): void {
	const one = f32x4.splat(1);
	for (const end = y + bytes; y < end; y += 16, dy += 16, dx += 16) {
		const v = v128.load(y);
		v128.store(dx, f32x4.mul(v128.load(dy), f32x4.sub(one, f32x4.mul(v, v))));
	}
}

/** y ← 1/(1 + e⁻ˣ) over rows of `width`; what pads them becomes 0 again. */
export function sigmoidForward(x: usize, y: usize, stride: usize, rows: i32, width: i32): void {
	const bytes = stride * <usize>rows;
	for (let at: usize = 0; at < bytes; at += 16) v128.store(y + at, sigmoidOf(v128.load(x + at)));
	if ((width & 3) == 0) return;
	for (let at = y + (<usize>width << 2), last = y + stride; rows > 0; rows--, at += stride, last += stride)
		for (let pad = at; pad < last; pad += 4) f32.store(pad, 0);
}

/** dx ← dy·y·(1 − y), from the output. */
export function sigmoidBackward(y: usize, dy: usize, dx: usize, bytes: usize): void {
	const one = f32x4.splat(1);
	for (const end = y + bytes; y < end; y += 16, dy += 16, dx += 16) {
		const v = v128.load(y);
		v128.store(dx, f32x4.mul(v128.load(dy), f32x4.mul(v, f32x4.sub(one, v))));
	}
}

/** e^(−x²/2), exactly 0 beyond |x| = 10.5. */
// @ts-ignore: decorator
@inline
function bellOf(x: v128): v128 {
	return expOf(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** y ← x·Φ(x), Φ the standard normal distribution: the exact form of GELU (Hendrycks & Gimpel 2016), not the approximation by tanh. */
export function geluForward(x: usize, y: usize, bytes: usize): void {
	for (const end = x + bytes; x < end; x += 16, y += 16) {
		const v = v128.load(x);
		v128.store(y, f32x4.mul(v, normalOf(v, bellOf(v))));
	}
}

/** dx ← dy·(Φ(x) + x·φ(x)), φ = Φ′ the standard normal density. */
export function geluBackward(x: usize, dy: usize, dx: usize, bytes: usize): void {
	const scale = f32x4.splat(0.3989422804014327); // 1/√(2π)
	for (const end = x + bytes; x < end; x += 16, dy += 16, dx += 16) {
		const v = v128.load(x);
		const bell = bellOf(v);
		const slope = f32x4.add(normalOf(v, bell), f32x4.mul(f32x4.mul(v, scale), bell));
		v128.store(dx, f32x4.mul(v128.load(dy), slope));
	}
}
