/** Statements that take a store from one version to the next. */
export type Migration = readonly string[];

/** Every version of the store that this program knows. */
export interface Versions {
	/** The version that the first migration makes from an empty file. Lower versions were never released, and are refused. */
	readonly first: number;
	/** In order; each goes up by one version. At least one. */
	readonly migrations: readonly Migration[];
}

export const latestVersion = ({ first, migrations }: Versions): number => first + migrations.length - 1;
