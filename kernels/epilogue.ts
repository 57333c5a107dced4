/**
 * What happens to a finished sum before it leaves its register. `c` is where the element of the product lies; other matrices of the same
 * layout are found at a fixed distance from it.
 */

/** c ← v */
export const STORE: i32 = 0;
/** c ← max(v, 0): the activation behind a dense layer. */
export const RECTIFY: i32 = 1;
/** c ← v where the mask's element is positive, else 0: the gradient going back through a ReLU. */
export const MASK: i32 = 2;
/**
 * velocity ← momentum · velocity + v + decay · parameter; parameter ← parameter − rate · velocity: the gradient is used up where it arises.
 */
export const DESCEND: i32 = 3;

/**
 * 2⁻⁸⁰. A velocity smaller than this becomes zero. WebAssembly cannot flush denormal numbers, and the velocity of a dead unit decays into
 * them within a few hundred steps, where every multiplication takes a hundred times as long. So far above the denormals (2⁻¹²⁶) that
 * rate · velocity stays normal for every rate down to 2⁻⁴⁶; so small that no weight above 2⁻⁵⁶ / rate would have felt it.
 */
export const TINY: f32 = 8.271806125530277e-25;

/** Bytes from the product to the mask. */
export let toMask: usize = 0;
/** Bytes from the gradient block to the velocities and to the parameters. */
export let toVelocity: usize = 0;
export let toParameters: usize = 0;
export let rate: f32 = 0;
export let momentum: f32 = 0;
export let decay: f32 = 0;

export function setMask(distance: usize): void {
	toMask = distance;
}

export function setDescent(velocityDistance: usize, parameterDistance: usize, learningRate: f32, mu: f32, lambda: f32): void {
	toVelocity = velocityDistance;
	toParameters = parameterDistance;
	rate = learningRate;
	momentum = mu;
	decay = lambda;
}

/** Stores the first `lanes` lanes (4 or more: all), and leaves what lies behind them alone: padding stays zero, a next row untouched. */
// @ts-ignore: decorator
@inline
export function put(to: usize, v: v128, lanes: i32): void {
	if (lanes >= 4) v128.store(to, v);
	else putPart(to, v, lanes);
}

function putPart(to: usize, v: v128, lanes: i32): void {
	if (lanes == 1) {
		v128.store32_lane(to, v, 0);
		return;
	}
	v128.store64_lane(to, v, 0);
	if (lanes == 3) v128.store32_lane(to, v, 2, 8);
}

/** Applies the epilogue `kind` to one vector of sums that belongs at `c`. */
// @ts-ignore: decorator
@inline
export function finish(kind: i32, c: usize, v: v128, lanes: i32): void {
	if (kind == STORE) put(c, v, lanes);
	else if (kind == DESCEND) descend(c, v, lanes);
	else if (kind == RECTIFY) put(c, f32x4.pmax(v, f32x4.splat(0)), lanes); // pmax(v, 0) = v < 0 ? 0 : v keeps NaN
	else put(c, v128.and(v, f32x4.gt(v128.load(c + toMask), f32x4.splat(0))), lanes);
}

// @ts-ignore: decorator
@inline
function descend(c: usize, gradient: v128, lanes: i32): void {
	descendWith(
		c + toVelocity, c + toParameters, f32x4.splat(momentum), f32x4.splat(rate), f32x4.splat(decay), f32x4.splat(TINY), gradient, lanes,
	);
}

// @ts-ignore: decorator
@inline
function descendWith(v: usize, w: usize, mu: v128, eta: v128, lambda: v128, tiny: v128, gradient: v128, lanes: i32): void {
	const before = v128.load(w);
	const decayed = f32x4.add(gradient, f32x4.mul(lambda, before));
	const sum = f32x4.add(f32x4.mul(mu, v128.load(v)), decayed);
	const velocity = v128.andnot(sum, f32x4.lt(f32x4.abs(sum), tiny)); // a NaN is not less than anything: it stays visible
	put(v, velocity, lanes);
	put(w, f32x4.sub(before, f32x4.mul(eta, velocity)), lanes);
}

/** The epilogue `kind` for a tile of eight columns, of which `cols` count, and four rows, of which `rows` do. */
// @ts-ignore: decorator
@inline
export function finishTile(
	kind: i32, c: usize, ldc: usize, rows: i32, cols: i32,
	c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128,
): void {
	cols -= 4;
	if (kind == DESCEND) {
		const mu = f32x4.splat(momentum), eta = f32x4.splat(rate), lambda = f32x4.splat(decay), tiny = f32x4.splat(TINY);
		let v = c + toVelocity;
		let w = c + toParameters;
		descendWith(v, w, mu, eta, lambda, tiny, c00, 4);
		descendWith(v + 16, w + 16, mu, eta, lambda, tiny, c01, cols);
		if (rows == 1) return;
		v += ldc;
		w += ldc;
		descendWith(v, w, mu, eta, lambda, tiny, c10, 4);
		descendWith(v + 16, w + 16, mu, eta, lambda, tiny, c11, cols);
		if (rows == 2) return;
		v += ldc;
		w += ldc;
		descendWith(v, w, mu, eta, lambda, tiny, c20, 4);
		descendWith(v + 16, w + 16, mu, eta, lambda, tiny, c21, cols);
		if (rows == 3) return;
		v += ldc;
		w += ldc;
		descendWith(v, w, mu, eta, lambda, tiny, c30, 4);
		descendWith(v + 16, w + 16, mu, eta, lambda, tiny, c31, cols);
		return;
	}
	finish(kind, c, c00, 4);
	finish(kind, c + 16, c01, cols);
	if (rows == 1) return;
	c += ldc;
	finish(kind, c, c10, 4);
	finish(kind, c + 16, c11, cols);
	if (rows == 2) return;
	c += ldc;
	finish(kind, c, c20, 4);
	finish(kind, c + 16, c21, cols);
	if (rows == 3) return;
	c += ldc;
	finish(kind, c, c30, 4);
	finish(kind, c + 16, c31, cols);
}

/** The epilogue DESCEND of `count` neighbours at `c`, whose gradients are scale · those at `from`. */
export function descendAll(c: usize, from: usize, scale: f32, count: i32): void {
	const mu = f32x4.splat(momentum), eta = f32x4.splat(rate), lambda = f32x4.splat(decay), tiny = f32x4.splat(TINY);
	const factor = f32x4.splat(scale);
	let v = c + toVelocity;
	let w = c + toParameters;
	for (; count >= 4; count -= 4, from += 16, v += 16, w += 16)
		descendWith(v, w, mu, eta, lambda, tiny, f32x4.mul(factor, v128.load(from)), 4);
	if (count > 0) descendWith(v, w, mu, eta, lambda, tiny, f32x4.mul(factor, v128.load(from)), count);
}
