/** How one kind of store is recognized, and what is read from it. */
export interface SqlPlan {
	readonly kind: string;
	/** It is of this kind if it has all these tables, with all these columns. */
	readonly tables: Readonly<Record<string, readonly string[]>>;
	/** Read in this order. */
	readonly queries: readonly string[];
}

export type SqlValue = string | number | null;

/** What the child prints: which plan fits, then rows, each with the index of its query before its values. */
export type FromChild = { readonly kind: string | null } | readonly [query: number, ...values: SqlValue[]];
