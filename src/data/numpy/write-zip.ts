import { crc32 } from "./crc32.js";

/** A member of a ZIP file. */
export interface ZipMember {
	readonly name: string;
	readonly content: Uint8Array;
	/** The content as it stands in the file: deflated, without a header of its own. Absent: as it is. */
	readonly deflated?: Uint8Array;
	/** Type and permissions of the file, as Unix has them. Absent: none are kept, and the name is ASCII. */
	readonly mode?: number;
}

/** Midnight of 1 January 1980, the earliest that a ZIP file can say: the same members make the same bytes, whenever. */
const date = 0x0021;
/** Of the format: one that knows stored and deflated members. */
const version = 20;
/** Made on Unix, whose permissions follow. */
const unix = 3 << 8;
const namesAreUtf8 = 0x0800;
const methods = { stored: 0, deflated: 8 } as const;

/** A ZIP file of these members, in this order. Up to 4 GiB. */
export function writeZip(members: readonly ZipMember[], comment = ""): Uint8Array {
	const [locals, entries]: [Uint8Array[], Uint8Array[]] = [[], []];
	let at = 0;
	for (const { name: text, content, deflated, mode } of members) {
		const name = new TextEncoder().encode(text);
		const packed = deflated ?? content;
		const [flags, method] = [mode === undefined ? 0 : namesAreUtf8, deflated ? methods.deflated : methods.stored];
		// version, flags, method, time, date · checksum, packed size, size · lengths of name and extra field
		const common = [...u16(version, flags, method, 0, date), ...u32(crc32(content), packed.length, content.length), ...u16(name.length, 0)];
		locals.push(Uint8Array.from([...u32(0x04034b50), ...common]), name, packed);
		// … length of the comment, disk, attributes · attributes, place of the local header
		const maker = mode === undefined ? version : unix + version;
		const attributes = ((mode ?? 0) * 0x10000) >>> 0;
		entries.push(Uint8Array.from([...u32(0x02014b50), ...u16(maker), ...common, ...u16(0, 0, 0), ...u32(attributes, at)]), name);
		at += 30 + name.length + packed.length;
	}
	const directory = entries.reduce((sum, part) => sum + part.length, 0);
	const said = new TextEncoder().encode(comment);
	const counts = [...u16(0, 0, members.length, members.length), ...u32(directory, at), ...u16(said.length)];
	return joined([...locals, ...entries, Uint8Array.from([...u32(0x06054b50), ...counts]), said]);
}

/** Numbers of 16 bits as bytes, little-endian. */
export const u16 = (...words: readonly number[]): number[] => words.flatMap((word) => [word & 255, word >>> 8]);
const u32 = (...words: readonly number[]): number[] => words.flatMap((word) => u16(word & 0xffff, word >>> 16));

export function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
