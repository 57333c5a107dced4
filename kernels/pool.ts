import { put } from "./epilogue";
import { first } from "./lanes";
import { Geometry } from "./window";

/** Pooling: every window of every channel becomes one number. Windows lie within the image. Strides in bytes, from example to example. */

/** y ← the largest element of each window; NaN where one is. */
export function maxPoolForward(x: usize, xStride: usize, y: usize, yStride: usize, rows: i32, g: Geometry): void {
	const channels = g.channels, pixel = <usize>channels << 2, line = <usize>g.width * pixel;
	for (; rows > 0; rows--, x += xStride, y += yStride) {
		let to = y;
		for (let oy = 0; oy < g.outHeight; oy++)
			for (let ox = 0; ox < g.outWidth; ox++, to += pixel) {
				const corner = x + <usize>(oy * g.stride) * line + <usize>(ox * g.stride) * pixel;
				for (let c = 0; c < channels; c += 4) {
					const at = corner + (<usize>c << 2);
					let largest = v128.load(at);
					for (let ky = 0, start = at; ky < g.windowHeight; ky++, start += line)
						for (let kx = 0, from = start; kx < g.windowWidth; kx++, from += pixel) largest = f32x4.max(largest, v128.load(from));
					put(to + (<usize>c << 2), largest, channels - c);
				}
			}
	}
}

/** dx ← dy at the first of each window's largest elements, summed where windows overlap. */
export function maxPoolBackward(x: usize, xStride: usize, y: usize, yStride: usize, dy: usize, dx: usize, rows: i32, g: Geometry): void {
	const channels = g.channels, pixel = <usize>channels << 2, line = <usize>g.width * pixel;
	for (; rows > 0; rows--, x += xStride, dx += xStride, y += yStride, dy += yStride) {
		memory.fill(dx, 0, <usize>g.height * line);
		for (let oy = 0, at: usize = 0; oy < g.outHeight; oy++)
			for (let ox = 0; ox < g.outWidth; ox++, at += pixel) {
				const corner = <usize>(oy * g.stride) * line + <usize>(ox * g.stride) * pixel;
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
