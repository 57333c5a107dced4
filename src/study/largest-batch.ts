/** A batch size that was tried. */
export interface TriedSize {
	readonly batchSize: number;
	readonly fits: boolean;
}

export interface SizeRange {
	/** Where to begin. */
	readonly start: number;
	/** No size beyond this is tried. */
	readonly most: number;
}

/** Sizes closer than this share of the smaller one count as the same: each costs a run. */
const resolution = 1 / 16;

/**
 * The size to try next on the way to the largest that fits into memory; null when that is known. Upwards by doubling, `most` itself last;
 * then halving between the largest that fits and the smallest that doesn't, until they are a sixteenth apart. Where a size fits, smaller
 * ones do.
 */
export function nextSize(tried: readonly TriedSize[], { start, most }: SizeRange): number | null {
	if (tried.length === 0) return Math.min(start, most);
	const { largest, smallestBeyond } = boundsOf(tried);
	if (smallestBeyond === null) return largest === null || largest >= most ? null : Math.min(2 * largest, most);
	if (largest === null) return smallestBeyond > 1 ? Math.floor(smallestBeyond / 2) : null;
	const gap = smallestBeyond - largest;
	return gap <= Math.max(1, largest * resolution) ? null : largest + Math.floor(gap / 2);
}

/** The largest size that fits and the smallest that doesn't, among those tried; null where there is none. */
export function boundsOf(tried: readonly TriedSize[]): { readonly largest: number | null; readonly smallestBeyond: number | null } {
	const sizes = (fits: boolean) => tried.filter((one) => one.fits === fits).map(({ batchSize }) => batchSize);
	const [inside, beyond] = [sizes(true), sizes(false)];
	return {
		largest: inside.length > 0 ? Math.max(...inside) : null,
		smallestBeyond: beyond.length > 0 ? Math.min(...beyond) : null,
	};
}
