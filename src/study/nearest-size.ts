/** The size among these that is nearest in ratio to the wanted one; the first of two equally near ones. */
export const nearestTo = (wished: number, batchSizes: readonly number[]): number => {
	const away = (size: number) => Math.max(size / wished, wished / size);
	return batchSizes.reduce((nearest, size) => (away(size) < away(nearest) ? size : nearest));
};
