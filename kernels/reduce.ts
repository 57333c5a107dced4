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

/**
 * norms[i] += divisor² · (|x_i|² + 1) · |y_i|² for each row. Rows are padded with zeros to whole vectors. Four rows at a time, each row's
 * squares in one vector of sums, whose lanes are then added for all four at once; a row alone has the same order of additions.
 */
export function addRowNorms(
	x: usize, xStride: usize, inputs: i32, y: usize, yStride: usize, outputs: i32, rows: i32, norms: usize, divisor: i32,
): void {
	const scale = f64x2.splat(<f64>divisor * <f64>divisor);
	for (; rows >= 4; rows -= 4, x += xStride << 2, y += yStride << 2, norms += 32) {
		const xx = squaresOfFour(x, xStride, inputs), yy = squaresOfFour(y, yStride, outputs);
		addNorms(norms, scale, f64x2.promote_low_f32x4(xx), f64x2.promote_low_f32x4(yy));
		addNorms(
			norms + 16, scale, f64x2.promote_low_f32x4(v128.shuffle<f64>(xx, xx, 1, 1)), f64x2.promote_low_f32x4(v128.shuffle<f64>(yy, yy, 1, 1)),
		);
	}
	for (; rows > 0; rows--, x += xStride, y += yStride, norms += 8) {
		const both = f64x2.extract_lane(scale, 0) * (<f64>squaresOfOne(x, inputs) + 1) * <f64>squaresOfOne(y, outputs);
		f64.store(norms, f64.load(norms) + both);
	}
}

// @ts-ignore: decorator
@inline
function addNorms(norms: usize, scale: v128, xx: v128, yy: v128): void {
	const both = f64x2.mul(f64x2.mul(scale, f64x2.add(xx, f64x2.splat(1))), yy);
	v128.store(norms, f64x2.add(v128.load(norms), both));
}

/** Σ v² of each of four rows, one in each lane. */
// @ts-ignore: decorator
@inline
function squaresOfFour(v: usize, stride: usize, count: i32): v128 {
	let v1 = v + stride, v2 = v1 + stride, v3 = v2 + stride;
	let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
	for (; count > 0; count -= 4, v += 16, v1 += 16, v2 += 16, v3 += 16) {
		const a = v128.load(v), b = v128.load(v1), c = v128.load(v2), d = v128.load(v3);
		s0 = f32x4.add(s0, f32x4.mul(a, a));
		s1 = f32x4.add(s1, f32x4.mul(b, b));
		s2 = f32x4.add(s2, f32x4.mul(c, c));
		s3 = f32x4.add(s3, f32x4.mul(d, d));
	}
	const s01 = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), v128.shuffle<f32>(s0, s1, 2, 6, 3, 7));
	const s23 = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 4, 1, 5), v128.shuffle<f32>(s2, s3, 2, 6, 3, 7));
	return f32x4.add(v128.shuffle<f64>(s01, s23, 0, 2), v128.shuffle<f64>(s01, s23, 1, 3));
}

// @ts-ignore: decorator
@inline
function squaresOfOne(v: usize, count: i32): f32 {
	let sum = f32x4.splat(0);
	for (; count > 0; count -= 4, v += 16) {
		const a = v128.load(v);
		sum = f32x4.add(sum, f32x4.mul(a, a));
	}
	const halves = f32x4.add(sum, v128.shuffle<f64>(sum, sum, 1, 1));
	return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}
