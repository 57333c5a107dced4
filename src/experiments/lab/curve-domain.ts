/** From the least to the greatest of some values, but for the outermost hundredths, which one wild run would have to itself. */
export function innerDomain(values: readonly number[]): readonly [number, number] {
	const ascending = [...values].sort((a, b) => a - b);
	return [ascending[Math.floor(ascending.length / 100)], ascending[Math.ceil((ascending.length * 99) / 100) - 1]];
}
