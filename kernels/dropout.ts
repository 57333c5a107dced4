/** Bytes of the state of four generators side by side, one in each lane: words a, b, c, d of xoshiro128**, a vector each. */
const STATE: usize = 64;

// @ts-ignore: decorator
@inline
function rotate(v: v128, left: i32): v128 {
	return v128.or(i32x4.shl(v, left), i32x4.shr_u(v, 32 - left));
}

/**
 * Copies x to y, each element of `width` in a row kept with probability 1 − threshold/2³² and multiplied by the float with the bits
 * `scale`, else 0: rows × ⌈width/4⌉ draws of four generators at `state`, xoshiro128** 1.1 (Blackman & Vigna 2021) in each lane, which move
 * on; `start` receives the state before. One row after the other draws, so that rows which go through in two parts meet the same masks as
 * in one.
 */
export function dropoutForward(
	x: usize, y: usize, stride: usize, rows: i32, state: usize, start: usize, threshold: u32, scale: i32,
): void {
	memory.copy(start, state, STATE);
	mask(x, y, stride * <usize>rows, state, threshold, scale);
}

/** dx ← the same masks and scale on dy, drawn again from `start`, which is used up. */
export function dropoutBackward(dy: usize, dx: usize, stride: usize, rows: i32, start: usize, threshold: u32, scale: i32): void {
	mask(dy, dx, stride * <usize>rows, start, threshold, scale);
}

function mask(from: usize, to: usize, bytes: usize, state: usize, threshold: u32, scale: i32): void {
	let a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
	const limit = i32x4.splat(threshold), factor = f32x4.splat(reinterpret<f32>(scale)), five = i32x4.splat(5), nine = i32x4.splat(9);
	for (const end = from + bytes; from < end; from += 16, to += 16) {
		const draw = i32x4.mul(rotate(i32x4.mul(b, five), 7), nine);
		const shifted = i32x4.shl(b, 9);
		c = v128.xor(c, a);
		d = v128.xor(d, b);
		b = v128.xor(b, c);
		a = v128.xor(a, d);
		c = v128.xor(c, shifted);
		d = rotate(d, 11);
		v128.store(to, v128.and(f32x4.mul(v128.load(from), factor), i32x4.ge_u(draw, limit)));
	}
	v128.store(state, a);
	v128.store(state, b, 16);
	v128.store(state, c, 32);
	v128.store(state, d, 48);
}
