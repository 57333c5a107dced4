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

/** Elements of a window: weights of one filter. */
// @ts-ignore: decorator
@inline
export function runOf(g: Geometry): i32 {
	return g.windowHeight * g.windowWidth * g.channels;
}

/** Bytes of a row of the image with its padding, in which no window reaches over an edge. */
// @ts-ignore: decorator
@inline
export function paddedLine(g: Geometry): usize {
	return <usize>((g.width + 2 * g.padding) * g.channels) << 2;
}

/** Bytes of the image with its padding. */
// @ts-ignore: decorator
@inline
export function paddedBytes(g: Geometry): usize {
	return <usize>(g.height + 2 * g.padding) * paddedLine(g);
}

/** Bytes from a padded image's beginning to the image's. */
// @ts-ignore: decorator
@inline
function inside(g: Geometry): usize {
	return <usize>g.padding * (paddedLine(g) + (<usize>g.channels << 2));
}

/** The image at x with its padding: x itself where there is none, else a copy at `to`. */
export function padded(x: usize, g: Geometry, to: usize): usize {
	if (g.padding == 0) return x;
	memory.fill(to, 0, paddedBytes(g));
	const line = <usize>(g.width * g.channels) << 2, step = paddedLine(g);
	for (let y = 0, at = to + inside(g); y < g.height; y++, at += step, x += line) memory.copy(at, x, line);
	return to;
}

/** x ← the image within its padding. */
export function cropped(from: usize, g: Geometry, x: usize): void {
	const line = <usize>(g.width * g.channels) << 2, step = paddedLine(g);
	for (let y = 0, at = from + inside(g); y < g.height; y++, at += step, x += line) memory.copy(x, at, line);
}

/** Copies whole vectors, at most three floats too many: what lies behind is written after it. */
// @ts-ignore: decorator
@inline
function copyOver(from: usize, to: usize, floats: i32): void {
	for (; floats > 0; floats -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
}

// @ts-ignore: decorator
@inline
function addExactly(from: usize, to: usize, floats: i32): void {
	for (; floats >= 4; floats -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
	for (; floats > 0; floats--, from += 4, to += 4) f32.store(to, f32.load(to) + f32.load(from));
}

/**
 * Unfolds a padded image: one row for each place of the window, from left to right and from top to bottom, with the window's pixels in the
 * same order; outHeight·outWidth × windowHeight·windowWidth·channels floats, without padding between rows, and up to three floats behind
 * the last one. A convolution is then a matrix product.
 */
export function unfold(image: usize, g: Geometry, to: usize): void {
	const windowHeight = g.windowHeight, outHeight = g.outHeight, outWidth = g.outWidth;
	const run = g.windowWidth * g.channels, line = paddedLine(g);
	const right = <usize>(g.stride * g.channels) << 2, down = <usize>g.stride * line;
	for (let oy = 0; oy < outHeight; oy++, image += down)
		for (let ox = 0, corner = image; ox < outWidth; ox++, corner += right)
			for (let ky = 0, from = corner; ky < windowHeight; ky++, from += line, to += <usize>run << 2) copyOver(from, to, run);
}

/** The transpose of `unfold`: image ← for each pixel, the sum over all windows that cover it of what they have for it. */
export function fold(from: usize, g: Geometry, image: usize): void {
	const windowHeight = g.windowHeight, outHeight = g.outHeight, outWidth = g.outWidth;
	const run = g.windowWidth * g.channels, line = paddedLine(g);
	const right = <usize>(g.stride * g.channels) << 2, down = <usize>g.stride * line;
	memory.fill(image, 0, paddedBytes(g));
	for (let oy = 0; oy < outHeight; oy++, image += down)
		for (let ox = 0, corner = image; ox < outWidth; ox++, corner += right)
			for (let ky = 0, to = corner; ky < windowHeight; ky++, to += line, from += <usize>run << 2) addExactly(from, to, run);
}
