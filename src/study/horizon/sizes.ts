import { middleSize } from "../middle-size.js";
import { nearestTo } from "../nearest-size.js";
import type { Study } from "../study.js";

/** Batch sizes that are tried lie this far apart. */
const factorApart = 4;

/** No more of them are tried. */
const mostSizes = 5;

/**
 * The sizes to try, ascending: the middle one, and others up and down from it by factors of about four; at most `mostSizes`, those nearest
 * to the middle.
 */
export function spacedSizes(study: Pick<Study, "batchSizes" | "data">): { readonly middle: number; readonly sizes: readonly number[] } {
	const { batchSizes } = study;
	const middle = middleSize(study);
	const sizes = [middle];
	for (let factor = factorApart; sizes.length < mostSizes; factor *= factorApart) {
		const found = [middle * factor, middle / factor]
			.map((wished) => nearestTo(wished, batchSizes))
			.filter((size) => !sizes.some((other) => Math.max(size / other, other / size) < factorApart / 2));
		if (found.length === 0) break;
		sizes.push(...found.slice(0, mostSizes - sizes.length));
	}
	return { middle, sizes: sizes.sort((a, b) => a - b) };
}
