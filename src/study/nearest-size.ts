/** The size nearest in ratio to the one wished for, among these; of two as near, the first. */
export const nearestTo = (wished: number, batchSizes: readonly number[]): number => {
	const away = (size: number) => Math.max(size / wished, wished / size);
	return batchSizes.reduce((nearest, size) => (away(size) < away(nearest) ? size : nearest));
};
