/** The first `lanes` lanes (4 or more: all), zeros in the others. */
// @ts-ignore: decorator
@inline
export function first(v: v128, lanes: i32): v128 {
	return lanes >= 4 ? v : v128.and(v, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes)));
}

/** The sum of the four lanes, in double precision. */
// @ts-ignore: decorator
@inline
export function laneSum(v: v128): f64 {
	return <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1) + (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3));
}

/** to ← a + b over `bytes`, a multiple of 16. */
export function add(a: usize, b: usize, to: usize, bytes: usize): void {
	for (const end = a + bytes; a < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.add(v128.load(a), v128.load(b)));
}
