import { expOf, logOf } from "./math";

/** 0, 1, 2 or 3 lanes of a last vector that lie beyond the classes hold −Infinity in their place. */
// @ts-ignore: decorator
@inline
function masked(v: v128, lanes: i32): v128 {
	const beyond = i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
	return v128.bitselect(f32x4.splat(-Infinity), v, beyond);
}

/**
 * Softmax cross-entropy of rows of logits, in one pass:
 *
 *     loss_i = log Σ_j exp(z_ij − m_i) − (z_iy − m_i),   m_i = max_j z_ij       gradient_ij = (softmax(z_i)_j − [j = y]) / divisor
 *
 * `totals` receives two doubles: Σ loss_i (NaN if a logit is NaN or +Infinity), and the number of rows whose label is the first of their
 * largest logits. Not returned: JavaScript would box them. `gradient` 0: not wanted; else it has the stride of the logits (may be the
 * logits themselves), and padding beyond `classes` becomes 0. `sums`: scratch of one float per row, up to a whole vector.
 */
export function softmaxCrossEntropy(
	logits: usize, stride: usize, labels: usize, rows: i32, classes: i32, gradient: usize, divisor: i32, sums: usize, totals: usize,
): void {
	const scale = <f32>(1.0 / <f64>divisor);
	let right = 0;
	let loss: f64 = 0;
	const vectors = (classes + 3) >> 2;
	const lastLanes = classes - ((vectors - 1) << 2);
	const lastAt = <usize>(vectors - 1) << 4;
	for (let i = 0; i < rows; i++) {
		const label = i32.load(labels + (<usize>i << 2));
		const labelAt = <usize>label << 2;
		const row = logits + <usize>i * stride;
		const out = gradient ? gradient + <usize>i * stride : row;
		const last = masked(v128.load(row + lastAt), lastLanes);
		let largest = last;
		for (let at: usize = 0; at < lastAt; at += 16) largest = f32x4.pmax(largest, v128.load(row + at));
		largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1));
		largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 1, 0, 3, 2));
		const ofLabel = f32.load(row + labelAt);
		const top = f32x4.extract_lane(largest, 0);
		if (ofLabel == top) {
			let first = 0;
			while (f32.load(row + (<usize>first << 2)) != top) first++;
			right += i32(first == label);
		}
		let sum = f32x4.splat(0);
		for (let at: usize = 0; at < lastAt; at += 16) {
			const e = expOf(f32x4.sub(v128.load(row + at), largest));
			sum = f32x4.add(sum, e);
			if (gradient) v128.store(out + at, e);
		}
		const lastExp = expOf(f32x4.sub(last, largest));
		sum = f32x4.add(sum, lastExp);
		sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
		sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 1, 0, 3, 2));
		v128.store32_lane(sums + (<usize>i << 2), sum, 0);
		loss -= <f64>(ofLabel - top);
		if (gradient) {
			const scales = f32x4.splat(scale);
			v128.store(out + lastAt, lastExp);
			const ofTrue = f32.load(out + labelAt) / f32x4.extract_lane(sum, 0);
			for (let at: usize = 0; at <= lastAt; at += 16)
				v128.store(out + at, f32x4.mul(f32x4.div(v128.load(out + at), sum), scales));
			f32.store(out + labelAt, (ofTrue - 1) * scale); // not p·scale − scale: p − 1 is exact near 1
		}
	}
	for (let i = 0; i < rows; i += 4) {
		const at = sums + (<usize>i << 2);
		const logs = logOf(v128.load(at));
		loss += <f64>f32x4.extract_lane(logs, 0);
		if (i + 1 < rows) loss += <f64>f32x4.extract_lane(logs, 1);
		if (i + 2 < rows) loss += <f64>f32x4.extract_lane(logs, 2);
		if (i + 3 < rows) loss += <f64>f32x4.extract_lane(logs, 3);
	}
	f64.store(totals, loss);
	f64.store(totals, <f64>right, 8);
}
