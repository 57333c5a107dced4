import { crc32 } from "node:zlib";
import { damaged } from "./failures.js";

export type Stored = string | number | null | Uint8Array | ArrayBuffer;

/**
 * A checksum of what a row holds, kept with it and compared when it is read: a flipped bit changes no figure in silence. CRC-32 notices
 * every single flipped bit, and of other damage all but one in four thousand million cases.
 */
export function checksumOf(values: readonly Stored[]): number {
	let sum = 0;
	for (const value of values) {
		const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
		// Kind and length first, so that nothing can move from one value to the next.
		if (bytes instanceof Uint8Array) sum = crc32(bytes, crc32(`b${bytes.length}:`, sum));
		else {
			const text = Object.is(bytes, -0) ? "0" : String(bytes); // SQLite keeps no sign of a zero
			sum = crc32(`${typeof bytes === "number" ? "n" : bytes === null ? "-" : "s"}${text.length}:${text}`, sum);
		}
	}
	return sum;
}

/** The values of a row, each behind its column's name, in the order of these; but for some columns. */
export const valuesOf = (row: object, ...without: readonly string[]): readonly Stored[] =>
	(Object.entries(row) as [string, Stored][])
		.filter(([column]) => !without.includes(column))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flat();

/** Throws `store/damaged` where what was read isn't what was written. `what`: such as "a trial". */
export function requireSame(path: string, what: string, kept: number | null | undefined, found: number): void {
	if (kept !== found) throw damaged(path, `is damaged: ${what} is not what was stored (its checksum is another)`);
}
