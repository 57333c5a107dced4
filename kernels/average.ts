import { put } from "./epilogue";

/** mean ← mean + share·(v − mean), element by element. */
export function follow(mean: usize, v: usize, count: i32, share: f32): void {
	const part = f32x4.splat(share);
	for (; count > 0; count -= 4, mean += 16, v += 16) {
		const before = v128.load(mean);
		put(mean, f32x4.add(before, f32x4.mul(part, f32x4.sub(v128.load(v), before))), count);
	}
}

/** Exchanges two vectors. */
export function exchange(a: usize, b: usize, count: i32): void {
	for (; count > 0; count--, a += 4, b += 4) {
		const kept = i32.load(a);
		i32.store(a, i32.load(b));
		i32.store(b, kept);
	}
}
