import { put } from "./epilogue";
import { first } from "./lanes";
import { Geometry } from "./window";

/** Pooling: every window of every channel becomes one number. Windows lie within the image. Strides in bytes, from example to example. */

/** The larger of two numbers, lane by lane; NaN where one is. Cheaper than f32x4.max, which distinguishes zeros by their sign as well. */
// @ts-ignore: decorator
@inline
function larger(a: v128, b: v128): v128 {
	return v128.or(f32x4.pmax(a, b), f32x4.ne(b, b)); // pmax keeps a NaN of a, and loses one of b
}

/** y ← the largest element of each window; NaN where one is. */
export function maxPoolForward(x: usize, xStride: usize, y: usize, yStride: usize, rows: i32, g: Geometry): void {
	const channels = g.channels, pixel = <usize>channels << 2, line = <usize>g.width * pixel;
	const right = <usize>g.stride * pixel, down = <usize>g.stride * line;
	const square = g.windowHeight == 2 && g.windowWidth == 2;
	for (; rows > 0; rows--, x += xStride, y += yStride) {
		let to = y;
		for (let oy = 0, row = x; oy < g.outHeight; oy++, row += down)
			for (let ox = 0, corner = row; ox < g.outWidth; ox++, to += pixel, corner += right)
				for (let c = 0, at = corner; c < channels; c += 4, at += 16) {
					let largest = v128.load(at);
					if (square) {
						largest = larger(largest, v128.load(at + pixel));
						largest = larger(larger(largest, v128.load(at + line)), v128.load(at + line + pixel));
					} else
						for (let ky = 0, start = at; ky < g.windowHeight; ky++, start += line)
							for (let kx = 0, from = start; kx < g.windowWidth; kx++, from += pixel) largest = larger(largest, v128.load(from));
					put(to + (<usize>c << 2), largest, channels - c);
				}
	}
}

/** dx ← dy at the first of each window's largest elements, summed where windows overlap. */
export function maxPoolBackward(x: usize, xStride: usize, y: usize, yStride: usize, dy: usize, dx: usize, rows: i32, g: Geometry): void {
	const channels = g.channels, pixel = <usize>channels << 2, line = <usize>g.width * pixel;
	const right = <usize>g.stride * pixel, down = <usize>g.stride * line;
	// Then each element is in one window, and whole vectors of it.
	const square = g.windowHeight == 2 && g.windowWidth == 2 && g.stride == 2 && (channels & 3) == 0;
	const covered = square && 2 * g.outHeight == g.height && 2 * g.outWidth == g.width;
	for (; rows > 0; rows--, x += xStride, dx += xStride, y += yStride, dy += yStride) {
		if (!covered) memory.fill(dx, 0, <usize>g.height * line);
		for (let oy = 0, at: usize = 0, row: usize = 0; oy < g.outHeight; oy++, row += down)
			for (let ox = 0, corner = row; ox < g.outWidth; ox++, at += pixel, corner += right) {
				if (square) squareBackward(x + corner, y + at, dy + at, dx + corner, pixel, line);
				else
					for (let c = 0; c < channels; c += 4) {
						const lanes = <usize>c << 2;
						const largest = v128.load(y + at + lanes);
						const gradient = first(v128.load(dy + at + lanes), channels - c);
						let open = i32x4.splat(-1);
						for (let ky = 0, start = corner + lanes; ky < g.windowHeight; ky++, start += line)
							for (let kx = 0, from = start; kx < g.windowWidth; kx++, from += pixel) {
								const here = v128.and(open, f32x4.eq(v128.load(x + from), largest));
								open = v128.andnot(open, here);
								v128.store(dx + from, f32x4.add(v128.load(dx + from), v128.and(gradient, here)));
							}
					}
			}
	}
}

/** One window of 2 × 2, all channels. */
// @ts-ignore: decorator
@inline
function squareBackward(x: usize, y: usize, dy: usize, dx: usize, pixel: usize, line: usize): void {
	for (const end = y + pixel; y < end; x += 16, y += 16, dy += 16, dx += 16) {
		const largest = v128.load(y);
		let gradient = v128.load(dy); // becomes zero where it has been given away
		let here = f32x4.eq(v128.load(x), largest);
		v128.store(dx, v128.and(gradient, here));
		gradient = v128.andnot(gradient, here);
		here = f32x4.eq(v128.load(x + pixel), largest);
		v128.store(dx + pixel, v128.and(gradient, here));
		gradient = v128.andnot(gradient, here);
		here = f32x4.eq(v128.load(x + line), largest);
		v128.store(dx + line, v128.and(gradient, here));
		gradient = v128.andnot(gradient, here);
		here = f32x4.eq(v128.load(x + line + pixel), largest);
		v128.store(dx + line + pixel, v128.and(gradient, here));
	}
}

/** y ← the mean of each window. */
export function averagePoolForward(x: usize, xStride: usize, y: usize, yStride: usize, rows: i32, g: Geometry): void {
	const channels = g.channels, pixel = <usize>channels << 2, line = <usize>g.width * pixel;
	const share = f32x4.splat(<f32>(1.0 / <f64>(g.windowHeight * g.windowWidth)));
	for (; rows > 0; rows--, x += xStride, y += yStride) {
		let to = y;
		for (let oy = 0; oy < g.outHeight; oy++)
			for (let ox = 0; ox < g.outWidth; ox++, to += pixel) {
				const corner = x + <usize>(oy * g.stride) * line + <usize>(ox * g.stride) * pixel;
				for (let c = 0; c < channels; c += 4) {
					let sum = f32x4.splat(0);
					for (let ky = 0, start = corner + (<usize>c << 2); ky < g.windowHeight; ky++, start += line)
						for (let kx = 0, from = start; kx < g.windowWidth; kx++, from += pixel) sum = f32x4.add(sum, v128.load(from));
					put(to + (<usize>c << 2), f32x4.mul(sum, share), channels - c);
				}
			}
	}
}

/** dx ← each window's dy, in equal shares to its elements, summed where windows overlap. */
export function averagePoolBackward(dy: usize, yStride: usize, dx: usize, xStride: usize, rows: i32, g: Geometry): void {
	const channels = g.channels, pixel = <usize>channels << 2, line = <usize>g.width * pixel;
	const share = f32x4.splat(<f32>(1.0 / <f64>(g.windowHeight * g.windowWidth)));
	for (; rows > 0; rows--, dx += xStride, dy += yStride) {
		memory.fill(dx, 0, <usize>g.height * line);
		for (let oy = 0, at: usize = 0; oy < g.outHeight; oy++)
			for (let ox = 0; ox < g.outWidth; ox++, at += pixel) {
				const corner = dx + <usize>(oy * g.stride) * line + <usize>(ox * g.stride) * pixel;
				for (let c = 0; c < channels; c += 4) {
					const lanes = <usize>c << 2;
					const each = f32x4.mul(first(v128.load(dy + at + lanes), channels - c), share);
					for (let ky = 0, start = corner + lanes; ky < g.windowHeight; ky++, start += line)
						for (let kx = 0, to = start; kx < g.windowWidth; kx++, to += pixel) v128.store(to, f32x4.add(v128.load(to), each));
				}
			}
	}
}
