import { put } from "./epilogue";
import { first, laneSum } from "./lanes";
import { update } from "./update";

/** Added to a variance under the root, so that a row of equal numbers divides by something. PyTorch's default. */
const EPSILON: f64 = 1e-5;

/**
 * y ← γ·(x − mean)/√(variance + ε) + β for each row of `width`, mean and variance (divided by `width`) those of the row. γ at `scale`, β
 * right behind it. `saved`: two floats per row for the way back, the mean and 1/√(variance + ε).
 */
export function layerNormForward(x: usize, y: usize, stride: usize, rows: i32, width: i32, scale: usize, saved: usize): void {
	const shift = scale + (<usize>width << 2);
	for (; rows > 0; rows--, x += stride, y += stride, saved += 8) {
		let sum = f32x4.splat(0);
		for (let j = 0; j < width; j += 4) sum = f32x4.add(sum, v128.load(x + (<usize>j << 2))); // padding is 0
		const mean = f32x4.splat(<f32>(laneSum(sum) / <f64>width));
		let squares = f32x4.splat(0);
		for (let j = 0; j < width; j += 4) {
			const d = first(f32x4.sub(v128.load(x + (<usize>j << 2)), mean), width - j);
			squares = f32x4.add(squares, f32x4.mul(d, d));
		}
		const inverse = f32x4.splat(<f32>(1.0 / Math.sqrt(laneSum(squares) / <f64>width + EPSILON)));
		for (let j = 0; j < width; j += 4) {
			const at = <usize>j << 2;
			const hat = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
			put(y + at, f32x4.add(f32x4.mul(hat, v128.load(scale + at)), v128.load(shift + at)), width - j);
		}
		v128.store32_lane(saved, mean, 0);
		v128.store32_lane(saved, inverse, 0, 4);
	}
}

const ADD: i32 = 1;
const APPLY: i32 = 2;

/**
 * The way back. With x̂ the normalized row and g = dy·γ:
 *
 *     dx = (g − mean(g) − x̂·mean(g·x̂))/√(variance + ε)      dγ = Σ dy·x̂      dβ = Σ dy      over the rows
 *
 * `dx` 0: not wanted. `sink` and `norms` as for dense layers; a row's own gradient is (dy·x̂, dy). dγ at `dScale`, dβ right behind it.
 */
export function layerNormBackward(
	x: usize, dy: usize, dx: usize, stride: usize, rows: i32, width: i32, scale: usize, dScale: usize, saved: usize, sink: i32, norms: usize,
	divisor: i32,
): void {
	const bytes = <usize>width << 2;
	const dShift = dScale + bytes;
	const factor = <f64>divisor * <f64>divisor;
	if (sink != ADD) memory.fill(dScale, 0, 2 * bytes);
	for (; rows > 0; rows--, x += stride, dy += stride, saved += 8) {
		const mean = v128.load32_splat(saved), inverse = v128.load32_splat(saved, 4);
		let sum = f32x4.splat(0), products = sum, squares = sum;
		for (let j = 0; j < width; j += 4) {
			const at = <usize>j << 2;
			const lanes = width - j;
			const d = v128.load(dy + at); // padding is 0
			const hat = first(f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse), lanes);
			const own = f32x4.mul(d, hat);
			const g = f32x4.mul(d, first(v128.load(scale + at), lanes));
			sum = f32x4.add(sum, g);
			products = f32x4.add(products, f32x4.mul(g, hat));
			squares = f32x4.add(squares, f32x4.add(f32x4.mul(own, own), f32x4.mul(d, d)));
			put(dScale + at, f32x4.add(v128.load(dScale + at), own), lanes);
			put(dShift + at, f32x4.add(v128.load(dShift + at), d), lanes);
		}
		if (norms) {
			f64.store(norms, f64.load(norms) + factor * laneSum(squares));
			norms += 8;
		}
		if (dx) {
			const ofSum = f32x4.splat(<f32>(laneSum(sum) / <f64>width)), ofProducts = f32x4.splat(<f32>(laneSum(products) / <f64>width));
			for (let j = 0; j < width; j += 4) {
				const at = <usize>j << 2;
				const hat = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
				const g = f32x4.mul(v128.load(dy + at), v128.load(scale + at));
				const rest = f32x4.sub(f32x4.sub(g, ofSum), f32x4.mul(hat, ofProducts));
				put(dx + at, f32x4.mul(rest, inverse), width - j);
			}
			dx += stride;
		}
	}
	if (sink == APPLY) update(dScale, 2 * width);
}
