import { crc32 } from "./crc32.js";

/** An array of single-precision numbers, row-major. */
interface NamedArray {
	readonly name: string;
	readonly shape: readonly number[];
	readonly values: Float32Array;
}

/** Midnight of 1 January 1980, the earliest that a ZIP file can say: the same arrays make the same bytes, whenever. */
const date = 0x0021;
/** Of the format: one that knows stored members. */
const version = 20;

/** The comment at the end of every NPZ file of ours: it shows that the file may be overwritten. */
export const weightsMark = "weights, by Sweetspot";

/** An NPZ file as `numpy.savez` writes it: a ZIP file of NPY files, stored, in this order. Up to 4 GiB. */
export function npzOf(arrays: readonly NamedArray[]): Uint8Array {
	const members = arrays.map((array) => ({ name: new TextEncoder().encode(`${array.name}.npy`), content: npyOf(array) }));
	const [locals, entries]: [Uint8Array[], Uint8Array[]] = [[], []];
	let at = 0;
	for (const { name, content } of members) {
		// version, flags, method, time, date · checksum, packed size, size · lengths of name and extra field
		const common = [...u16(version, 0, 0, 0, date), ...u32(crc32(content), content.length, content.length), ...u16(name.length, 0)];
		locals.push(Uint8Array.from([...u32(0x04034b50), ...common]), name, content);
		// … length of the comment, disk, attributes · attributes, place of the local header
		entries.push(Uint8Array.from([...u32(0x02014b50), ...u16(version), ...common, ...u16(0, 0, 0), ...u32(0, at)]), name);
		at += 30 + name.length + content.length;
	}
	const directory = entries.reduce((sum, part) => sum + part.length, 0);
	const comment = new TextEncoder().encode(weightsMark);
	const counts = [...u16(0, 0, members.length, members.length), ...u32(directory, at), ...u16(comment.length)];
	return joined([...locals, ...entries, Uint8Array.from([...u32(0x06054b50), ...counts]), comment]);
}

/** NPY, version 1.0: the header padded with spaces so that the numbers begin at a multiple of 64 bytes. */
function npyOf({ shape, values }: NamedArray): Uint8Array {
	const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
	const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
	const length = 64 * Math.ceil((10 + text.length + 1) / 64) - 10;
	const header = new TextEncoder().encode(`${text.padEnd(length - 1)}\n`);
	const numbers = new DataView(new ArrayBuffer(4 * values.length));
	for (let i = 0; i < values.length; i++) numbers.setFloat32(4 * i, values[i], true);
	return joined([
		Uint8Array.from([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, ...u16(length)]),
		header,
		new Uint8Array(numbers.buffer),
	]);
}

const u16 = (...words: readonly number[]): number[] => words.flatMap((word) => [word & 255, word >>> 8]);
const u32 = (...words: readonly number[]): number[] => words.flatMap((word) => u16(word & 0xffff, word >>> 16));

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
