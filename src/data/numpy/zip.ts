import { SweetspotError } from "../../core/errors.js";
import { collected, joined, tooLarge } from "../bytes.js";
import { crc32 } from "./crc32.js";

/** A member of a ZIP file. */
export interface Member {
	readonly name: string;
	/** Its bytes, unpacked, their number and checksum verified. Throws `data/damaged`. */
	read(): Promise<Uint8Array>;
}

const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 } as const;
/** Sizes of the fixed parts. */
const sizes = { end: 22, end64: 56, locator64: 20, entry: 46, local: 30 } as const;
const methods = { stored: 0, deflated: 8 } as const;
/** In a 32-bit or 16-bit field: the value stands in a field of 64 bits elsewhere. */
const [elsewhere32, elsewhere16] = [0xffffffff, 0xffff];

/**
 * The members of a ZIP file (PKWARE's APPNOTE 6.3, with the 64-bit extension), stored or deflated, as numpy and every common tool write it.
 * Nothing is unpacked before it is read, and no member of more than `mostBytes`. Throws `data/damaged` where any part lies outside the file
 * or is not what it should be.
 */
export function readZip(bytes: Uint8Array, file: string, mostBytes = Number.POSITIVE_INFINITY): readonly Member[] {
	const zip = new Reader(bytes, file);
	const { count, start } = directory(zip);
	const members: Member[] = [];
	let at = start;
	for (let i = 0; i < count; i++) {
		const entry = zip.part("entry", at);
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => entry.getUint16(field, true));
		const name = new TextDecoder().decode(zip.slice(at + sizes.entry, nameLength));
		const extra = zip.slice(at + sizes.entry + nameLength, extraLength);
		if (members.some((member) => member.name === name)) throw zip.damaged(`it has two members named ${name}`);
		members.push({ name, read: () => unpack(zip, entry, extra, `${file}, member ${name}`, mostBytes) });
		at += sizes.entry + nameLength + extraLength + commentLength;
	}
	return members;
}

/** How many members there are, and where the directory of them begins. It is found from the end, before which a comment may stand. */
function directory(zip: Reader): { readonly count: number; readonly start: number } {
	let at = zip.length - sizes.end;
	const furthest = Math.max(0, at - elsewhere16);
	while (at >= furthest && !(zip.word(at) === signatures.end && zip.part("end", at).getUint16(20, true) === zip.length - at - sizes.end))
		at--;
	if (at < furthest) throw zip.damaged("it has no directory at its end: it is cut short, or no ZIP file");
	const end = zip.part("end", at);
	const [count, start] = [end.getUint16(10, true), end.getUint32(16, true)];
	if (count !== elsewhere16 && start !== elsewhere32) return { count, start };
	const locator = zip.part("locator64", at - sizes.locator64);
	const end64 = zip.part("end64", zip.number64(locator, 8));
	return { count: zip.number64(end64, 32), start: zip.number64(end64, 48) };
}

async function unpack(zip: Reader, entry: DataView, extra: Uint8Array, where: string, mostBytes: number): Promise<Uint8Array> {
	const [flags, method, checksum] = [entry.getUint16(8, true), entry.getUint16(10, true), entry.getUint32(16, true)];
	const { size, packedSize, start } = placeOf(zip, entry, extra);
	if (size > mostBytes) throw tooLarge(`${where} has ${size} bytes`, mostBytes);
	if (flags & 1) throw zip.damaged(`${where} is encrypted`);
	if (method !== methods.stored && method !== methods.deflated)
		throw zip.damaged(`${where} is packed by method ${method}, expected 0 or 8`);
	const local = zip.part("local", start);
	const packed = zip.slice(start + sizes.local + local.getUint16(26, true) + local.getUint16(28, true), packedSize);
	const content = method === methods.stored ? packed : await inflated(packed, size).catch(() => null);
	if (content === null) throw zip.damaged(`${where} cannot be unpacked`);
	if (content.length !== size) throw zip.damaged(`${where} has ${content.length} bytes or more, ${size} by the directory`);
	if (crc32(content) !== checksum) throw zip.damaged(`${where} does not have the checksum it was written with`);
	return content;
}

/**
 * Sizes and place: from the entry's own fields or, where those are full, from its 64-bit extension, which has only the full ones, in this
 * order.
 */
function placeOf(zip: Reader, entry: DataView, extra: Uint8Array) {
	const own = [24, 20, 42].map((field) => entry.getUint32(field, true));
	const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
	for (let at = 0; at + 4 <= extra.length && own.includes(elsewhere32); ) {
		const [kind, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
		if (kind === 1) {
			let field = at + 4;
			for (const [i, value] of own.entries()) {
				if (value !== elsewhere32) continue;
				if (field + 8 > Math.min(at + 4 + length, extra.length)) throw zip.damaged("a member's 64-bit sizes are cut short");
				own[i] = zip.number64(view, field);
				field += 8;
			}
			break;
		}
		at += 4 + length;
	}
	const [size, packedSize, start] = own;
	return { size, packedSize, start };
}

/** Unpacks, and stops as soon as there is more than there should be: a small file can claim to hold more than all memory. */
async function inflated(packed: Uint8Array, size: number): Promise<Uint8Array> {
	const stream = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
	const { parts, length } = await collected(stream, size);
	return joined(parts, length);
}

/** Reads within bounds: every place that a file names may lie outside of it. */
class Reader {
	constructor(
		private readonly bytes: Uint8Array,
		private readonly file: string,
	) {}

	get length(): number {
		return this.bytes.length;
	}

	slice(at: number, length: number): Uint8Array {
		if (at < 0 || at + length > this.bytes.length) {
			throw this.damaged(`it has ${this.bytes.length} bytes, but names a part from ${at} to ${at + length}: it is cut short or damaged`);
		}
		return this.bytes.subarray(at, at + length);
	}

	/** The 32 bits at a place, 0 outside of the file. */
	word(at: number): number {
		return at < 0 || at + 4 > this.bytes.length ? 0 : new DataView(this.bytes.buffer, this.bytes.byteOffset + at, 4).getUint32(0, true);
	}

	part(kind: keyof typeof signatures, at: number): DataView {
		const { buffer, byteOffset, byteLength } = this.slice(at, sizes[kind]);
		if (this.word(at) !== signatures[kind]) throw this.damaged(`at byte ${at} there is no ${kind} record: it is cut short or damaged`);
		return new DataView(buffer, byteOffset, byteLength);
	}

	/** A number of 64 bits. None that fits a file is beyond 2⁵³. */
	number64(view: DataView, at: number): number {
		return Number(view.getBigUint64(at, true));
	}

	damaged(found: string): SweetspotError {
		return new SweetspotError("data/damaged", `${this.file}: ${found}`, "save it again, or fetch it again; `unzip -t FILE` tests it");
	}
}
