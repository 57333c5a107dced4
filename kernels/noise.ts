import { put } from "./epilogue";
import { logOf } from "./math";

/**
 * v ← v + deviation · z, z standard normal, independent. `deviation`: where it lies, a single-precision number. `state`: four generators
 * xoshiro128** 1.1 (Blackman & Vigna 2021) side by side, one to a lane, each word of state a vector; they run on. Two words of each give
 * two normals by Box and Muller:
 *
 *     √(−2 log u) · (cos 2πt, sin 2πt)        u uniform on (0, 1], t on [0, 1), in steps of 2⁻²⁴ and 2⁻²⁵
 *
 * so nothing lies beyond √(48 log 2) = 5.77 deviations, where one draw in 10⁸ would. Exact operations only: the same bits on every machine.
 */
export function addNormals(v: usize, count: i32, state: usize, deviation: usize): void {
	const sigma = v128.load32_splat(deviation);
	let a = v128.load(state), b = v128.load(state, 16), c = v128.load(state, 32), d = v128.load(state, 48);
	for (; count > 0; count -= 8, v += 32) {
		let word = scrambled(b);
		let shifted = i32x4.shl(b, 9);
		c = v128.xor(c, a);
		d = v128.xor(d, b);
		b = v128.xor(b, c);
		a = v128.xor(a, d);
		c = v128.xor(c, shifted);
		d = rotated(d, 11);
		const u = f32x4.mul(f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_u(word, 8), i32x4.splat(1))), f32x4.splat(5.960464477539063e-8));
		word = scrambled(b);
		shifted = i32x4.shl(b, 9);
		c = v128.xor(c, a);
		d = v128.xor(d, b);
		b = v128.xor(b, c);
		a = v128.xor(a, d);
		c = v128.xor(c, shifted);
		d = rotated(d, 11);

		const radius = f32x4.mul(sigma, f32x4.sqrt(f32x4.mul(f32x4.splat(-2), logOf(u))));
		// The upper two bits choose the quarter of the circle, the next 23 the angle within it, from −π/4 to π/4.
		const within = f32x4.convert_i32x4_s(i32x4.shr_u(i32x4.shl(word, 2), 9));
		const angle = f32x4.mul(f32x4.sub(f32x4.mul(f32x4.add(within, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7)), f32x4.splat(0.5)), f32x4.splat(1.5707963267948966));
		const square = f32x4.mul(angle, angle);
		const sine = sineOf(angle, square), cosine = cosineOf(square);
		const turned = i32x4.shr_s(i32x4.shl(word, 1), 31), negative = v128.and(word, i32x4.splat(<i32>0x80000000));
		const x = v128.bitselect(f32x4.neg(sine), cosine, turned), y = v128.bitselect(cosine, sine, turned);
		put(v, f32x4.add(v128.load(v), f32x4.mul(radius, v128.xor(x, negative))), count);
		if (count > 4) put(v + 16, f32x4.add(v128.load(v, 16), f32x4.mul(radius, v128.xor(y, negative))), count - 4);
	}
	v128.store(state, a);
	v128.store(state, b, 16);
	v128.store(state, c, 32);
	v128.store(state, d, 48);
}

// @ts-ignore: decorator
@inline
function rotated(v: v128, by: i32): v128 {
	return v128.or(i32x4.shl(v, by), i32x4.shr_u(v, 32 - by));
}

// @ts-ignore: decorator
@inline
function scrambled(b: v128): v128 {
	return i32x4.mul(rotated(i32x4.mul(b, i32x4.splat(5)), 7), i32x4.splat(9));
}

/** sin x and cos x for |x| ≤ π/4, the polynomials of Cephes' sinf and cosf (Moshier): within a unit in the last place. */
// @ts-ignore: decorator
@inline
function sineOf(x: v128, square: v128): v128 {
	let p = f32x4.splat(-1.9515295891e-4);
	p = f32x4.add(f32x4.mul(p, square), f32x4.splat(8.3321608736e-3));
	p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-1.6666654611e-1));
	return f32x4.add(f32x4.mul(f32x4.mul(p, square), x), x);
}

// @ts-ignore: decorator
@inline
function cosineOf(square: v128): v128 {
	let p = f32x4.splat(2.443315711809948e-5);
	p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-1.388731625493765e-3));
	p = f32x4.add(f32x4.mul(p, square), f32x4.splat(4.166664568298827e-2));
	p = f32x4.mul(f32x4.mul(p, square), square);
	return f32x4.add(f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5))), f32x4.splat(1));
}
