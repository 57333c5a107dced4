/** Names for a chart's key, each followed by what distinguishes it where several are equal. */
export const unlikeNames = <Item>(items: readonly Item[], name: (item: Item) => string, more: (item: Item) => string): readonly string[] =>
	items.map((item) => (items.filter((other) => name(other) === name(item)).length > 1 ? `${name(item)}, ${more(item)}` : name(item)));
