/** The members of an object but for these. */
export const without = (value: object, names: readonly string[]): object =>
	Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
