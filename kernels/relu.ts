/** y ← max(x, 0), NaN staying NaN, over `bytes` (a multiple of 16). */
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
