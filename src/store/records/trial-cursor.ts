/** What differs between two studies of the same id, and in a study before and after it was restated. */
export interface Generation {
	/** Revision of the store at which the study was created or last restated. No two of a store are equal. */
	readonly generation: number;
	/** When the study was created: differs where another store has taken this one's place. */
	readonly created: string;
}

const prefixOf = ({ generation, created }: Generation): string => `${generation}/${created}/`;

/** A cursor after the trial with this key; 0: before the first trial. */
export const trialCursor = (study: Generation, key: number): string => `${prefixOf(study)}${key}`;

/** The key of the trial just before `cursor`; null if it isn't a cursor of this study in its current state. */
export function keyOfCursor(study: Generation, cursor: string | null): number | null {
	const prefix = prefixOf(study);
	if (cursor === null || !cursor.startsWith(prefix)) return null;
	const key = cursor.slice(prefix.length);
	return /^\d{1,15}$/.test(key) ? Number(key) : null;
}
