import { put } from "./epilogue";
import { Geometry, paddedLine } from "./window";

/**
 * Convolutions by 3 × 3 windows over images of one channel, straight from the padded image: nine weights of four filters stay in registers,
 * or the nine sums of their gradients. Each sum has the order of the matrix product it stands for. With three channels, unfolding is no
 * slower.
 */

// @ts-ignore: decorator
@inline
export function isNine(g: Geometry): bool {
	return g.windowHeight == 3 && g.windowWidth == 3 && g.channels == 1;
}

/** y (places × filters) ← bias + w (9 × filters) times the windows' pixels, through a ReLU if asked. */
export function nineForward(image: usize, g: Geometry, w: usize, bias: usize, y: usize, filters: i32, rectify: bool): void {
	const outHeight = g.outHeight, outWidth = g.outWidth;
	const line = paddedLine(g), right = <usize>g.stride << 2, down = <usize>g.stride * line, wide = <usize>filters << 2;
	const least = f32x4.splat(rectify ? 0 : -Infinity); // pmax(v, −∞) is v, and pmax(v, 0) keeps NaN
	for (let oy = 0; oy < outHeight; oy++, image += down, y += <usize>outWidth * wide)
		for (let f = 0; f < filters; f += 4) {
			const group = <usize>f << 2;
			const first = v128.load(bias + group);
			let at = w + group;
			const w0 = v128.load(at), w1 = v128.load(at + wide), w2 = v128.load(at + 2 * wide);
			at += 3 * wide;
			const w3 = v128.load(at), w4 = v128.load(at + wide), w5 = v128.load(at + 2 * wide);
			at += 3 * wide;
			const w6 = v128.load(at), w7 = v128.load(at + wide), w8 = v128.load(at + 2 * wide);
			let p0 = image, p1 = image + line, p2 = p1 + line, to = y + group;
			for (let ox = outWidth; ox > 0; ox--, p0 += right, p1 += right, p2 += right, to += wide) {
				let sum = f32x4.add(first, f32x4.mul(v128.load32_splat(p0), w0));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p0, 4), w1));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p0, 8), w2));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p1), w3));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p1, 4), w4));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p1, 8), w5));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p2), w6));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p2, 4), w7));
				sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p2, 8), w8));
				put(to, f32x4.pmax(sum, least), filters - f);
			}
		}
}

/** dw (9 × filters) ← the sum over all places of the window's pixels times dy (places × filters). */
export function nineBackward(image: usize, g: Geometry, dy: usize, filters: i32, dw: usize): void {
	for (let f = 0; f < filters; f += 4, dy += 16, dw += 16) nineSums(image, g, dy, <usize>filters << 2, dw, filters - f);
}

function nineSums(image: usize, g: Geometry, dy: usize, wide: usize, dw: usize, lanes: i32): void {
	const outHeight = g.outHeight, outWidth = g.outWidth;
	const line = paddedLine(g), right = <usize>g.stride << 2, down = <usize>g.stride * line;
	let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0;
	for (let oy = 0; oy < outHeight; oy++, image += down) {
		let p0 = image, p1 = image + line, p2 = p1 + line;
		for (let ox = outWidth; ox > 0; ox--, p0 += right, p1 += right, p2 += right, dy += wide) {
			const d = v128.load(dy);
			c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(p0), d));
			c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(p0, 4), d));
			c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(p0, 8), d));
			c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(p1), d));
			c4 = f32x4.add(c4, f32x4.mul(v128.load32_splat(p1, 4), d));
			c5 = f32x4.add(c5, f32x4.mul(v128.load32_splat(p1, 8), d));
			c6 = f32x4.add(c6, f32x4.mul(v128.load32_splat(p2), d));
			c7 = f32x4.add(c7, f32x4.mul(v128.load32_splat(p2, 4), d));
			c8 = f32x4.add(c8, f32x4.mul(v128.load32_splat(p2, 8), d));
		}
	}
	put(dw, c0, lanes);
	put(dw + wide, c1, lanes);
	put(dw + 2 * wide, c2, lanes);
	dw += 3 * wide;
	put(dw, c3, lanes);
	put(dw + wide, c4, lanes);
	put(dw + 2 * wide, c5, lanes);
	dw += 3 * wide;
	put(dw, c6, lanes);
	put(dw + wide, c7, lanes);
	put(dw + 2 * wide, c8, lanes);
}
