import { TINY, put } from "./epilogue";

/**
 * One pass over all parameters, for the optimizers that aren't fused with the gradient's product. `w`: parameters, `g`: their gradients,
 * `m` and `v`: what the optimizer keeps, all of the same layout; `settings`: single-precision numbers, which JavaScript could not hand over
 * without allocating. Division and square root are exact to a rounding in WebAssembly, so the bits are the same on every machine.
 *
 * Denormal numbers are kept out, as in the epilogue of a product: a number that decays becomes zero below TINY. A square would be denormal
 * long before its root is small; so a gradient below 2⁻⁵⁰ counts as none in a mean of squares, and such a mean below 2⁻¹¹⁰ becomes zero.
 * Next to an epsilon of 10⁻⁸ (2⁻²⁶·⁶) or more, the least there may be, neither shows but in the last bit.
 */
const TINY_GRADIENT: f32 = 8.881784197001252e-16;
const TINY_SQUARE: f32 = 7.703719777548943e-34;

/** v, or 0 where |v| is below `least`. A NaN is not less than anything: it stays visible. */
// @ts-ignore: decorator
@inline
function flushed(v: v128, least: f32): v128 {
	return v128.andnot(v, f32x4.lt(f32x4.abs(v), f32x4.splat(least)));
}

/** The moving mean of squares: keep · before + rest · gradient². */
// @ts-ignore: decorator
@inline
function meanSquare(before: v128, gradient: v128, keep: v128, rest: v128): v128 {
	const seen = flushed(gradient, TINY_GRADIENT);
	return flushed(f32x4.add(f32x4.mul(keep, before), f32x4.mul(rest, f32x4.mul(seen, seen))), TINY_SQUARE);
}

/**
 * settings: rate, momentum μ, decay λ.
 *
 *     g ← g + λw      m ← μm + g      w ← w − rate·(g + μm)
 */
export function nesterov(settings: usize, w: usize, g: usize, m: usize, count: i32): void {
	const rate = v128.load32_splat(settings), mu = v128.load32_splat(settings, 4), lambda = v128.load32_splat(settings, 8);
	for (; count > 0; count -= 4, w += 16, g += 16, m += 16) {
		const before = v128.load(w);
		const gradient = f32x4.add(v128.load(g), f32x4.mul(lambda, before));
		const velocity = flushed(f32x4.add(f32x4.mul(mu, v128.load(m)), gradient), TINY);
		put(m, velocity, count);
		put(w, f32x4.sub(before, f32x4.mul(rate, f32x4.add(gradient, f32x4.mul(mu, velocity)))), count);
	}
}

/**
 * settings: rate, momentum μ, decay λ, smoothing α, 1 − α, ε.
 *
 *     g ← g + λw      v ← αv + (1 − α)g²      m ← μm + g/(√v + ε)      w ← w − rate·m
 */
export function rmsprop(settings: usize, w: usize, g: usize, m: usize, v: usize, count: i32): void {
	const rate = v128.load32_splat(settings), mu = v128.load32_splat(settings, 4), lambda = v128.load32_splat(settings, 8);
	const alpha = v128.load32_splat(settings, 12), rest = v128.load32_splat(settings, 16), epsilon = v128.load32_splat(settings, 20);
	for (; count > 0; count -= 4, w += 16, g += 16, m += 16, v += 16) {
		const before = v128.load(w);
		const gradient = f32x4.add(v128.load(g), f32x4.mul(lambda, before));
		const square = meanSquare(v128.load(v), gradient, alpha, rest);
		const scaled = f32x4.div(gradient, f32x4.add(f32x4.sqrt(square), epsilon));
		const velocity = flushed(f32x4.add(f32x4.mul(mu, v128.load(m)), scaled), TINY);
		put(v, square, count);
		put(m, velocity, count);
		put(w, f32x4.sub(before, f32x4.add(f32x4.mul(rate, velocity), unlessInfinite(square))), count);
	}
}

/**
 * settings: rate/(1 − β₁ᵗ), β₁, 1 − β₁, β₂, 1 − β₂, √(1 − β₂ᵗ), ε, λ (coupled decay), 1 − rate·λ (decoupled decay).
 *
 *     g ← g + λw      m ← β₁m + (1 − β₁)g      v ← β₂v + (1 − β₂)g²
 *     w ← (1 − rate·λ)w − rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
 */
export function adam(settings: usize, w: usize, g: usize, m: usize, v: usize, count: i32): void {
	const rate = v128.load32_splat(settings), beta1 = v128.load32_splat(settings, 4), rest1 = v128.load32_splat(settings, 8);
	const beta2 = v128.load32_splat(settings, 12), rest2 = v128.load32_splat(settings, 16), root = v128.load32_splat(settings, 20);
	const epsilon = v128.load32_splat(settings, 24), lambda = v128.load32_splat(settings, 28), keep = v128.load32_splat(settings, 32);
	for (; count > 0; count -= 4, w += 16, g += 16, m += 16, v += 16) {
		const before = v128.load(w);
		const gradient = f32x4.add(v128.load(g), f32x4.mul(lambda, before));
		const mean = flushed(f32x4.add(f32x4.mul(beta1, v128.load(m)), f32x4.mul(rest1, gradient)), TINY);
		const square = meanSquare(v128.load(v), gradient, beta2, rest2);
		const step = f32x4.mul(rate, f32x4.div(mean, f32x4.add(f32x4.div(f32x4.sqrt(square), root), epsilon)));
		put(m, mean, count);
		put(v, square, count);
		put(w, flushed(f32x4.sub(f32x4.mul(keep, before), f32x4.add(step, unlessInfinite(square))), TINY), count);
	}
}

/**
 * 0, but NaN for what is infinite. A gradient beyond 2⁶⁴ has an infinite square; dividing by its root would freeze the parameter for good,
 * and no one would notice. So the parameter becomes NaN, and the next loss with it: the run has diverged.
 */
// @ts-ignore: decorator
@inline
function unlessInfinite(v: v128): v128 {
	return f32x4.sub(v, v);
}
