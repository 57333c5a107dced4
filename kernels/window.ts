/**
 * Windows that slide over an image of height × width pixels, `channels` neighbouring floats each: which part of the image a window covers.
 * A geometry is nine integers in memory, in this order.
 */
@unmanaged
export class Geometry {
	height: i32;
	width: i32;
	channels: i32;
	windowHeight: i32;
	windowWidth: i32;
	stride: i32;
	/** Rows and columns of zeros around the image. */
	padding: i32;
	outHeight: i32;
	outWidth: i32;
}

/** Copies whole vectors, at most three floats too many: what lies behind is written after it. */
// @ts-ignore: decorator
@inline
function copyOver(from: usize, to: usize, floats: i32): void {
	for (; floats > 0; floats -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
}

// @ts-ignore: decorator
@inline
function zeroOver(to: usize, floats: i32): void {
	for (; floats > 0; floats -= 4, to += 16) v128.store(to, f32x4.splat(0));
}

// @ts-ignore: decorator
@inline
function addExactly(from: usize, to: usize, floats: i32): void {
	for (; floats >= 4; floats -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
	for (; floats > 0; floats--, from += 4, to += 4) f32.store(to, f32.load(to) + f32.load(from));
}

/**
 * Unfolds an image at x: one row for each place of the window, from left to right and from top to bottom, with the window's pixels in the same
 * order; outHeight·outWidth × windowHeight·windowWidth·channels floats, without padding between rows, and up to three floats behind the last
 * one. A convolution is then a matrix product. Where a window reaches over the edge there are zeros.
 */
export function unfold(x: usize, g: Geometry, to: usize): void {
	const height = g.height, width = g.width, channels = g.channels, windowHeight = g.windowHeight, windowWidth = g.windowWidth;
	const stride = g.stride, padding = g.padding, outHeight = g.outHeight, outWidth = g.outWidth;
	const run = windowWidth * channels;
	for (let oy = 0; oy < outHeight; oy++)
		for (let ox = 0; ox < outWidth; ox++) {
			const first = ox * stride - padding;
			const left = max(0, -first);
			const right = max(left, min(windowWidth, width - first));
			for (let ky = 0; ky < windowHeight; ky++, to += <usize>run << 2) {
				const iy = oy * stride - padding + ky;
				if (iy < 0 || iy >= height) {
					zeroOver(to, run);
					continue;
				}
				const from = x + (<usize>((iy * width + first + left) * channels) << 2);
				if (right - left == windowWidth) {
					copyOver(from, to, run);
					continue;
				}
				zeroOver(to, left * channels);
				copyOver(from, to + (<usize>(left * channels) << 2), (right - left) * channels);
				zeroOver(to + (<usize>(right * channels) << 2), (windowWidth - right) * channels);
			}
		}
}

/** The transpose of `unfold`: dx ← for each pixel, the sum over all windows that cover it of what they have for it. */
export function fold(from: usize, g: Geometry, dx: usize): void {
	const height = g.height, width = g.width, channels = g.channels, windowHeight = g.windowHeight, windowWidth = g.windowWidth;
	const stride = g.stride, padding = g.padding, outHeight = g.outHeight, outWidth = g.outWidth;
	const run = windowWidth * channels;
	memory.fill(dx, 0, <usize>(height * width * channels) << 2);
	for (let oy = 0; oy < outHeight; oy++)
		for (let ox = 0; ox < outWidth; ox++) {
			const first = ox * stride - padding;
			const left = max(0, -first);
			const right = max(left, min(windowWidth, width - first));
			for (let ky = 0; ky < windowHeight; ky++, from += <usize>run << 2) {
				const iy = oy * stride - padding + ky;
				if (iy < 0 || iy >= height) continue;
				const to = dx + (<usize>((iy * width + first + left) * channels) << 2);
				addExactly(from + (<usize>(left * channels) << 2), to, (right - left) * channels);
			}
		}
}
