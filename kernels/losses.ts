import { expOf, log1pOf, sigmoidOf } from "./math";

/**
 * Losses other than softmax cross-entropy. `totals` receives two doubles: the sum over the rows of their losses, and how many rows are
 * right. `gradient` 0: not wanted; else it has the stride of the outputs, and receives the gradient of the sum divided by `divisor`.
 */

/**
 * Label smoothing by ε, the float with the bits `smoothingBits`, after `softmaxCrossEntropy` ran on the same rows: the label's share falls
 * to 1 − ε + ε/C, every other's rises to ε/C. As the exponentials don't change,
 *
 *     loss_i += ε·(z_iy − mean_j z_ij)        gradient_ij += ε·([j = y] − 1/C)/divisor
 */
export function smoothLabels(
	logits: usize, stride: usize, labels: usize, rows: i32, classes: i32, gradient: usize, divisor: i32, smoothingBits: i32, totals: usize,
): void {
	const smoothing = <f64>reinterpret<f32>(smoothingBits);
	let extra: f64 = 0;
	const ofLabel = <f32>(smoothing / <f64>divisor);
	const ofEach = <f32>(smoothing / (<f64>divisor * <f64>classes));
	for (; rows > 0; rows--, logits += stride, labels += 4) {
		const label = <usize>i32.load(labels) << 2;
		let sum: f64 = 0;
		for (let j = 0; j < classes; j++) sum += <f64>f32.load(logits + (<usize>j << 2));
		extra += <f64>f32.load(logits + label) - sum / <f64>classes;
		if (gradient) {
			for (let j = 0; j < classes; j++) {
				const at = gradient + (<usize>j << 2);
				f32.store(at, f32.load(at) - ofEach);
			}
			f32.store(gradient + label, f32.load(gradient + label) + ofLabel);
			gradient += stride;
		}
	}
	f64.store(totals, f64.load(totals) + smoothing * extra);
}

/**
 * Binary cross-entropy of one logit z a row, labels 0 or 1. With s = −z for label 1 and z for label 0, both the loss and its gradient are
 * functions of s that lose no precision where the label is likely:
 *
 *     loss = log(1 + eˢ) = max(s, 0) + log(1 + e^−|s|)        ∂loss/∂s = 1/(1 + e⁻ˢ)
 *
 * Right is a row whose logit is positive for label 1, and 0 or negative for label 0.
 */
export function binaryCrossEntropy(
	logits: usize, stride: usize, labels: usize, rows: i32, gradient: usize, divisor: i32, totals: usize,
): void {
	const scale = <f32>(1.0 / <f64>divisor);
	let loss: f64 = 0;
	let right = 0;
	for (; rows > 0; rows--, logits += stride, labels += 4) {
		const label = i32.load(labels);
		const z = f32.load(logits);
		const sign: f32 = label == 1 ? -1 : 1;
		const s = sign * z;
		const e = f32x4.extract_lane(expOfNegativeSize(s), 0);
		loss += <f64>max<f32>(s, 0) + <f64>f32x4.extract_lane(log1pOf(f32x4.splat(e)), 0);
		right += i32((z > 0) == (label == 1));
		if (gradient) {
			f32.store(gradient, sign * f32x4.extract_lane(sigmoidOf(f32x4.splat(s)), 0) * scale);
			gradient += stride;
		}
	}
	f64.store(totals, loss);
	f64.store(totals, <f64>right, 8);
}

// @ts-ignore: decorator
@inline
function expOfNegativeSize(s: f32): v128 {
	return expOf(f32x4.neg(f32x4.abs(f32x4.splat(s))));
}

/**
 * Squared error: a row's loss is the mean over its `width` outputs of (y − t)², summed in double precision; the gradient 2(y −
 * t)/(width·divisor). `targets` have the stride of the outputs. Nothing is classified, so that `total` is one double.
 */
export function squaredError(
	outputs: usize, stride: usize, targets: usize, rows: i32, width: i32, gradient: usize, divisor: i32, total: usize,
): void {
	const scale = <f32>(2.0 / (<f64>divisor * <f64>width));
	let sum: f64 = 0;
	for (; rows > 0; rows--, outputs += stride, targets += stride) {
		for (let j: usize = 0; j < <usize>width << 2; j += 4) {
			const error = f32.load(outputs + j) - f32.load(targets + j);
			sum += <f64>error * <f64>error;
			if (gradient) f32.store(gradient + j, error * scale);
		}
		if (gradient) gradient += stride;
	}
	f64.store(total, sum / <f64>width);
}
