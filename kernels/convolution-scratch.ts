import { listBytes } from "./nonzero";
import { Geometry, paddedBytes, runOf } from "./window";

/** Zeros that are read behind a row, and dropped. */
const GUARD: usize = 256;

// @ts-ignore: decorator
@inline
function roundUp(bytes: usize): usize {
	return (bytes + 63) & ~63;
}

/**
 * In the scratch one after the other: a padded image, the patches of an unfolded one, an example's own gradient, the weights turned, lists.
 */
// @ts-ignore: decorator
@inline
export function patchesIn(scratch: usize, g: Geometry): usize {
	return scratch + (g.padding == 0 ? 0 : roundUp(paddedBytes(g) + 16));
}

// @ts-ignore: decorator
@inline
export function ownIn(scratch: usize, g: Geometry): usize {
	return patchesIn(scratch, g) + roundUp((<usize>(g.outHeight * g.outWidth * runOf(g)) << 2) + 16);
}

// @ts-ignore: decorator
@inline
export function turnedIn(scratch: usize, g: Geometry, filters: i32): usize {
	return ownIn(scratch, g) + roundUp((<usize>((runOf(g) + 1) * filters) << 2) + 64);
}

// @ts-ignore: decorator
@inline
export function listsIn(scratch: usize, g: Geometry, filters: i32): usize {
	return turnedIn(scratch, g, filters) + roundUp((<usize>(runOf(g) * filters) << 2) + GUARD);
}

/** Bytes of zeros that a convolution needs for itself. */
export function convolutionScratch(g: Geometry, filters: i32): usize {
	return listsIn(0, g, filters) + listBytes(g, filters);
}
