/** A table whose cells are texts, rounded to what their intervals support. */
export interface TextTable {
	readonly columns: readonly TextColumn[];
	readonly rows: readonly TextRow[];
}

export interface TextColumn {
	readonly title: string;
	/** How it is set: figures in a column, names that stay on one line, notes that may take several. */
	readonly kind: "figure" | "name" | "note";
}

export interface TextRow {
	/** One text for each column. */
	readonly cells: readonly string[];
	/** Whether it is the one that the table leads to: the recommended size, the best of a comparison. */
	readonly chosen: boolean;
	/** The batch size that the row is about, where it is about one. */
	readonly batchSize: number | null;
}
