/** to ← Σ (a − b)², a double, summed in double precision. */
export function squaredDistance(a: usize, b: usize, count: i32, to: usize): void {
	let even = f64x2.splat(0);
	let odd = f64x2.splat(0);
	for (; count >= 4; count -= 4, a += 16, b += 16) {
		const x = v128.load(a), y = v128.load(b);
		const low = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y));
		const high = f64x2.sub(
			f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1)), f64x2.promote_low_f32x4(v128.shuffle<f64>(y, y, 1, 1)),
		);
		even = f64x2.add(even, f64x2.mul(low, low));
		odd = f64x2.add(odd, f64x2.mul(high, high));
	}
	even = f64x2.add(even, odd);
	let sum = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
	for (; count > 0; count--, a += 4, b += 4) {
		const difference = <f64>f32.load(a) - <f64>f32.load(b);
		sum += difference * difference;
	}
	f64.store(to, sum);
}
