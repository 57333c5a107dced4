import type { Study } from "./study.js";

/**
 * The batch size nearest to √N in ratio: halfway, on a logarithmic scale, between one example and all of them; where N is not known,
 * halfway between the smallest and the largest.
 */
export function middleSize({ batchSizes, data }: Pick<Study, "batchSizes" | "data">): number {
	const square = data.train || batchSizes[0] * batchSizes[batchSizes.length - 1];
	const away = (batchSize: number) => Math.max(batchSize ** 2 / square, square / batchSize ** 2);
	return batchSizes.reduce((nearest, size) => (away(size) < away(nearest) ? size : nearest));
}
