/**
 * The rows that a file had so far. Where it is written anew, those that it has again, in the same order, are known; from the first that is
 * another all are new.
 */
export class KnownRows {
	/** Of each row 32 bits: a million rows take a few megabytes. */
	readonly #rows: number[] = [];
	#at = 0;

	/** The file is read from its beginning. */
	anew(): void {
		this.#at = 0;
	}

	/** Takes the next row. Returns whether it wasn't there before. */
	isNew(row: string): boolean {
		const bits = hashed(row);
		const isKnown = this.#rows[this.#at] === bits;
		if (!isKnown) {
			this.#rows.length = this.#at;
			this.#rows.push(bits);
		}
		this.#at++;
		return !isKnown;
	}
}

/** FNV-1a. */
function hashed(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return hash >>> 0;
}
