import { TINY, put } from "./epilogue";

/**
 * Shortens the vector at `v` to `limit` where it is longer: v ← v · limit/(|v| + 10⁻⁶), as PyTorch's clip_grad_norm_ has it. `squaredNorm`:
 * where |v|² lies, a double. What would become smaller than TINY becomes zero; a norm that is infinite or NaN leaves NaN behind.
 */
export function clipNorm(v: usize, count: i32, squaredNorm: usize, limit: f64): void {
	const scale = limit / (sqrt(f64.load(squaredNorm)) + 1e-6);
	if (scale >= 1) return;
	const factor = f32x4.splat(<f32>scale), tiny = f32x4.splat(TINY);
	for (; count > 0; count -= 4, v += 16) {
		const shortened = f32x4.mul(v128.load(v), factor);
		put(v, v128.andnot(shortened, f32x4.lt(f32x4.abs(shortened), tiny)), count);
	}
}
