/** At most this many of the items (2 or more), evenly by their places, the first and the last among them. */
export function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
	if (items.length <= most) return items;
	const stride = (items.length - 1) / (most - 1); // above 1, so that no two places are equal
	return Array.from({ length: most }, (_, i) => items[Math.round(i * stride)]);
}
