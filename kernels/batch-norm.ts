import { put } from "./epilogue";
import { update } from "./update";

/** Added to a variance under the root; the share of a batch's statistics in the running ones. PyTorch's defaults. */
const EPSILON: f64 = 1e-5;
const SHARE: f64 = 0.1;

/**
 * Four channels' sums in double precision: two vectors of two. Within an example's pixels sums are single, from example to example double.
 */
let low: v128 = f64x2.splat(0);
let high: v128 = f64x2.splat(0);

// @ts-ignore: decorator
@inline
function clear(): void {
	low = f64x2.splat(0);
	high = f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function collect(v: v128): void {
	low = f64x2.add(low, f64x2.promote_low_f32x4(v));
	high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1)));
}

/** The collected sums, each times `factor`, rounded to single precision. */
// @ts-ignore: decorator
@inline
function collected(factor: f64): v128 {
	const f = f64x2.splat(factor);
	const a = f32x4.demote_f64x2_zero(f64x2.mul(low, f)), b = f32x4.demote_f64x2_zero(f64x2.mul(high, f));
	return v128.shuffle<f64>(a, b, 0, 2);
}

/** 1/√(variance + ε) of the collected sums times `factor`. */
// @ts-ignore: decorator
@inline
function inverseRoot(factor: f64): v128 {
	const f = f64x2.splat(factor), e = f64x2.splat(EPSILON), one = f64x2.splat(1);
	const a = f32x4.demote_f64x2_zero(f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.mul(low, f), e))));
	const b = f32x4.demote_f64x2_zero(f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.mul(high, f), e))));
	return v128.shuffle<f64>(a, b, 0, 2);
}

/** running ← (1 − share)·running + share·now, for the first `lanes` channels. */
// @ts-ignore: decorator
@inline
function follow(running: usize, now: v128, lanes: i32): void {
	const kept = f32x4.mul(v128.load(running), f32x4.splat(<f32>(1 - SHARE)));
	put(running, f32x4.add(kept, f32x4.mul(now, f32x4.splat(<f32>SHARE))), lanes);
}

/**
 * y ← γ·(x − mean)/√(variance + ε) + β for each of `channels` neighbouring floats of each of the `pixels` of an example. Mean and variance
 * are those of the channel over all pixels of the `group` examples that it is normalized with: every `group` neighbours, the last ones
 * fewer; or, where not in training, the running ones. Groups of a single number have no variance: they take the running ones as well, and
 * leave them as they are.
 *
 * γ at `scale`, β right behind it; running means at `running`, running variances (of n − 1) right behind them. `saved`: for each group,
 * mean and 1/√(variance + ε) of every channel, each list in whole vectors, for the way back.
 */
export function batchNormForward(
	x: usize, y: usize, stride: usize, rows: i32, pixels: i32, channels: i32, group: i32, scale: usize, running: usize, saved: usize,
	training: bool,
): void {
	const wide = <usize>channels << 2;
	const list = (wide + 15) & ~15;
	for (; rows > 0; rows -= group, x += <usize>group * stride, y += <usize>group * stride, saved += 2 * list) {
		const examples = min(group, rows);
		const own = training && examples * pixels > 1;
		for (let c = 0; c < channels; c += 4) {
			const at = <usize>c << 2;
			const lanes = channels - c;
			let mean: v128, inverse: v128;
			if (own) {
				mean = ownStatistics(x + at, stride, examples, pixels, wide);
				const n = <f64>examples * <f64>pixels;
				inverse = inverseRoot(1 / n);
				follow(running + at, mean, lanes);
				follow(running + wide + at, collected(1 / (n - 1)), lanes);
			} else {
				mean = v128.load(running + at);
				clear();
				collect(v128.load(running + wide + at));
				inverse = inverseRoot(1);
			}
			v128.store(saved + at, mean);
			v128.store(saved + list + at, inverse);
			const factor = f32x4.mul(inverse, v128.load(scale + at)), shift = v128.load(scale + wide + at);
			for (let i = 0; i < examples; i++) {
				let from = x + <usize>i * stride + at;
				let to = y + <usize>i * stride + at;
				for (let p = 0; p < pixels; p++, from += wide, to += wide)
					put(to, f32x4.add(f32x4.mul(f32x4.sub(v128.load(from), mean), factor), shift), lanes);
			}
		}
	}
}

/** The mean of four channels; the sums of their squared distances from it are then collected. */
// @ts-ignore: decorator
@inline
function ownStatistics(x: usize, stride: usize, examples: i32, pixels: i32, wide: usize): v128 {
	clear();
	for (let i = 0; i < examples; i++) {
		let sum = f32x4.splat(0);
		let from = x + <usize>i * stride;
		for (let p = 0; p < pixels; p++, from += wide) sum = f32x4.add(sum, v128.load(from));
		collect(sum);
	}
	const mean = collected(1.0 / (<f64>examples * <f64>pixels));
	clear();
	for (let i = 0; i < examples; i++) {
		let squares = f32x4.splat(0);
		let from = x + <usize>i * stride;
		for (let p = 0; p < pixels; p++, from += wide) {
			const d = f32x4.sub(v128.load(from), mean);
			squares = f32x4.add(squares, f32x4.mul(d, d));
		}
		collect(squares);
	}
	return mean;
}

const ADD: i32 = 1;
const APPLY: i32 = 2;

/**
 * The way back of a pass in training. With x̂ the normalized numbers and sums over the n numbers of a channel and group:
 *
 *     dβ = Σ dy      dγ = Σ dy·x̂      dx = γ/√(variance + ε)·(dy − dβ/n − x̂·dγ/n)
 *
 * where a group of a single number has constants for its statistics: dx = γ/√(variance + ε)·dy. `dx` 0: not wanted. `sink`: as for dense
 * layers; dγ at `dScale`, dβ right behind it.
 */
export function batchNormBackward(
	x: usize, dy: usize, dx: usize, stride: usize, rows: i32, pixels: i32, channels: i32, group: i32, scale: usize, dScale: usize, saved: usize,
	sink: i32,
): void {
	const wide = <usize>channels << 2;
	const list = (wide + 15) & ~15;
	const step = <usize>group * stride;
	if (sink != ADD) memory.fill(dScale, 0, 2 * wide);
	for (; rows > 0; rows -= group, x += step, dy += step, saved += 2 * list) {
		const examples = min(group, rows);
		const n = <f64>examples * <f64>pixels;
		for (let c = 0; c < channels; c += 4) {
			const at = <usize>c << 2;
			const lanes = channels - c;
			const mean = v128.load(saved + at), inverse = v128.load(saved + list + at);
			clear();
			for (let i = 0; i < examples; i++) {
				let sum = f32x4.splat(0);
				let from = dy + <usize>i * stride + at;
				for (let p = 0; p < pixels; p++, from += wide) sum = f32x4.add(sum, v128.load(from));
				collect(sum);
			}
			const ofShift = collected(1), meanOfShift = collected(1 / n);
			clear();
			for (let i = 0; i < examples; i++) {
				let sum = f32x4.splat(0);
				let from = dy + <usize>i * stride + at;
				let value = x + <usize>i * stride + at;
				for (let p = 0; p < pixels; p++, from += wide, value += wide)
					sum = f32x4.add(sum, f32x4.mul(v128.load(from), f32x4.mul(f32x4.sub(v128.load(value), mean), inverse)));
				collect(sum);
			}
			const ofScale = collected(1), meanOfScale = collected(1 / n);
			put(dScale + at, f32x4.add(v128.load(dScale + at), ofScale), lanes);
			put(dScale + wide + at, f32x4.add(v128.load(dScale + wide + at), ofShift), lanes);
			if (!dx) continue;
			const factor = f32x4.mul(inverse, v128.load(scale + at));
			const constant = n == 1;
			for (let i = 0; i < examples; i++) {
				const offset = <usize>i * stride + at;
				for (let p = 0, q = offset; p < pixels; p++, q += wide) {
					const d = v128.load(dy + q);
					const hat = f32x4.mul(f32x4.sub(v128.load(x + q), mean), inverse);
					const rest = constant ? d : f32x4.sub(f32x4.sub(d, meanOfShift), f32x4.mul(hat, meanOfScale));
					put(dx + q, f32x4.mul(factor, rest), lanes);
				}
			}
		}
		if (dx) dx += step;
	}
	if (sink == APPLY) update(dScale, 2 * channels);
}
