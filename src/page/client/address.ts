/** The reader's choices are kept in the address: they survive a reload, and a copied address shows the same. */
export function setParameter(name: string, values: readonly string[]): void {
	const address = new URL(location.href);
	address.searchParams.delete(name);
	for (const value of values) address.searchParams.append(name, value);
	replaceAddress(address);
}

export const parameterOf = (name: string): readonly string[] => new URL(location.href).searchParams.getAll(name);

/** Replaces the current address, so that filters that change with every key leave no trail for the back button. */
export const replaceAddress = (address: URL): void => history.replaceState(null, "", address);
