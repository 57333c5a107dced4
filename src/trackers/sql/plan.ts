/** How one kind of store is recognized, and what is read of it. */
export interface SqlPlan {
	readonly kind: string;
	/** It is of this kind if it has all these tables, with all these columns. */
	readonly tables: Readonly<Record<string, readonly string[]>>;
	/** Read in this order. The first column of each row that is handed over is the query's place here. */
	readonly queries: readonly string[];
}

export type SqlValue = string | number | null;

/** What the child prints, one JSON text a line: which plan fits, then rows, then that it is done; or what is wrong. */
export type FromChild =
	| { readonly kind: string | null }
	| readonly [query: number, ...values: SqlValue[]]
	| { readonly done: true }
	| { readonly error: string };
