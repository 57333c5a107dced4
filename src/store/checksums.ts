import { crc32 } from "node:zlib";
import { damaged } from "./failures.js";

export type Stored = string | number | null | Uint8Array | ArrayBuffer;

/**
 * A checksum of what a row holds, kept with it and compared when it is read: a flipped bit never changes a figure silently. CRC-32 notices
 * every single flipped bit, and all but one in four billion cases of other damage.
 */
export function checksumOf(values: readonly Stored[]): number {
	let sum = 0;
	for (const value of values) {
		const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
		// Kind and length first, so that no byte can move from one value to the next unnoticed.
		if (bytes instanceof Uint8Array) sum = crc32(bytes, crc32(`b${bytes.length}:`, sum));
		else {
			const text = Object.is(bytes, -0) ? "0" : String(bytes); // SQLite keeps no sign of a zero
			sum = crc32(`${typeof bytes === "number" ? "n" : bytes === null ? "-" : "s"}${text.length}:${text}`, sum);
		}
	}
	return sum;
}

/** The values of a row, each after its column's name, sorted by name; `without` columns are left out. */
export const valuesOf = (row: object, ...without: readonly string[]): readonly Stored[] =>
	(Object.entries(row) as [string, Stored][])
		.filter(([column]) => !without.includes(column))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flat();

/** Throws `store/damaged` if what was read isn't what was written. `what`: for example "a trial". */
export function requireSame(path: string, what: string, kept: number | null | undefined, found: number): void {
	if (kept !== found) throw damaged(path, `is damaged: ${what} is not what was stored (its checksum is another)`);
}
