/** to ← Σ v², a double, summed in double precision. Not returned: JavaScript would box it. */
export function squaredNorm(v: usize, count: i32, to: usize): void {
	f64.store(to, sumOfSquares(v, count));
}

export function sumOfSquares(v: usize, count: i32): f64 {
	let even = f64x2.splat(0);
	let odd = f64x2.splat(0);
	for (; count >= 4; count -= 4, v += 16) {
		const four = v128.load(v);
		const low = f64x2.promote_low_f32x4(four);
		const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 1));
		even = f64x2.add(even, f64x2.mul(low, low));
		odd = f64x2.add(odd, f64x2.mul(high, high));
	}
	even = f64x2.add(even, odd);
	let sum = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
	for (; count > 0; count--, v += 4) {
		const x = <f64>f32.load(v);
		sum += x * x;
	}
	return sum;
}

/** norms[i] += divisor² · (|x_i|² + 1) · |y_i|² for each row. Rows are padded with zeros to whole vectors. */
export function addRowNorms(
	x: usize, xStride: usize, inputs: i32, y: usize, yStride: usize, outputs: i32, rows: i32, norms: usize, divisor: i32,
): void {
	const scale = <f64>divisor * <f64>divisor;
	for (; rows > 0; rows--, x += xStride, y += yStride, norms += 8) {
		const xx = squares(x, inputs), yy = squares(y, outputs);
		const halves = f32x4.add(v128.shuffle<f32>(xx, yy, 0, 1, 4, 5), v128.shuffle<f32>(xx, yy, 2, 3, 6, 7));
		const sums = f32x4.add(halves, v128.shuffle<f32>(halves, halves, 1, 0, 3, 2));
		const both = scale * (<f64>f32x4.extract_lane(sums, 0) + 1) * <f64>f32x4.extract_lane(sums, 2);
		f64.store(norms, f64.load(norms) + both);
	}
}

/** Four lanes whose sum is Σ v². */
// @ts-ignore: decorator
@inline
function squares(v: usize, count: i32): v128 {
	let first = f32x4.splat(0);
	let second = first;
	for (; count > 12; count -= 16, v += 64) {
		const a = v128.load(v), b = v128.load(v, 16), c = v128.load(v, 32), d = v128.load(v, 48);
		first = f32x4.add(first, f32x4.add(f32x4.mul(a, a), f32x4.mul(c, c)));
		second = f32x4.add(second, f32x4.add(f32x4.mul(b, b), f32x4.mul(d, d)));
	}
	for (; count > 0; count -= 4, v += 16) {
		const a = v128.load(v);
		first = f32x4.add(first, f32x4.mul(a, a));
	}
	return f32x4.add(first, second);
}
