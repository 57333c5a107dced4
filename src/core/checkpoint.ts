import { sha256 } from "@noble/hashes/sha2.js";
import { canonicalJson, type Json } from "./canonical.js";
import { SweetspotError } from "./errors.js";

/** Numbers as a checkpoint holds them. */
export type Numbers = Float64Array | Float32Array | Int32Array;

/** What a checkpoint holds: what it is of, and arrays of numbers by name. */
export interface Checkpoint {
	/** The code that restores it compares this with what it has, and refuses another. */
	readonly about: Json;
	readonly arrays: Readonly<Record<string, Numbers>>;
}

/** Of the layout below. A reader knows this version and all before it. */
const version = 1;
const magic = Uint8Array.from("SWEETCKP", (letter) => letter.charCodeAt(0));
const hashBytes = 32;

interface Entry {
	readonly name: string;
	readonly type: "f64" | "f32" | "i32";
	readonly length: number;
}

const types = { f64: Float64Array, f32: Float32Array, i32: Int32Array } as const;

/**
 * A checkpoint as bytes, the same on every machine:
 *
 *     8 bytes    SWEETCKP
 *     4          version
 *     4          length of the header
 *                header: canonical JSON of what it is of, and each array's name, type and length
 *                the arrays, one after the other
 *     32         SHA-256 of all before
 *
 * Everything is little-endian; numbers keep their bits.
 */
export function encodeCheckpoint({ about, arrays }: Checkpoint): Uint8Array {
	const entries = Object.entries(arrays).map(([name, numbers]): Entry => ({ name, type: typeOf(numbers), length: numbers.length }));
	const header = new TextEncoder().encode(canonicalJson({ about, arrays: entries }));
	const content = Object.values(arrays).reduce((sum, numbers) => sum + numbers.byteLength, 0);
	const bytes = new Uint8Array(magic.length + 8 + header.length + content + hashBytes);
	const view = new DataView(bytes.buffer);
	bytes.set(magic);
	view.setUint32(8, version, true);
	view.setUint32(12, header.length, true);
	bytes.set(header, 16);
	let at = 16 + header.length;
	for (const numbers of Object.values(arrays))
		for (const number of numbers) {
			if (numbers instanceof Float64Array) view.setFloat64(at, number, true);
			else if (numbers instanceof Float32Array) view.setFloat32(at, number, true);
			else view.setInt32(at, number, true);
			at += numbers.BYTES_PER_ELEMENT;
		}
	bytes.set(sha256(bytes.subarray(0, at)), at);
	return bytes;
}

/** Whether these bytes begin as a checkpoint does. */
export const isCheckpoint = (beginning: Uint8Array): boolean => magic.every((byte, i) => beginning[i] === byte);

/**
 * The checkpoint in these bytes. Throws `checkpoint/unusable` where they are not a checkpoint, cut short, changed, or of a newer version.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 16 + hashBytes || !isCheckpoint(bytes))
		throw unusable(`${bytes.length} bytes that are no checkpoint`, "give it the bytes of a checkpoint");
	const found = view.getUint32(8, true);
	if (found > version)
		throw unusable(`it is of version ${found}, expected at most ${version}`, "install the version of Sweetspot that wrote it");
	const end = bytes.length - hashBytes;
	if (sha256(bytes.subarray(0, end)).some((byte, i) => bytes[end + i] !== byte))
		throw unusable("its checksum is not that of its content", "use another copy of it, or an earlier checkpoint");
	const headerEnd = 16 + view.getUint32(12, true);
	const header = headerIn(bytes.subarray(16, Math.min(headerEnd, end)));
	// A checksum shows that bytes are as they were written, not who wrote them.
	const content = header?.arrays.reduce((sum, { type, length }) => sum + types[type].BYTES_PER_ELEMENT * length, 0);
	if (!header || headerEnd + (content ?? 0) !== end)
		throw unusable("its header doesn't say what follows it", "give it the bytes of a checkpoint that Sweetspot has written");
	const arrays: Record<string, Numbers> = {};
	let at = headerEnd;
	for (const { name, type, length } of header.arrays) {
		const numbers = new types[type](length);
		for (let i = 0; i < length; i++, at += numbers.BYTES_PER_ELEMENT) {
			if (type === "f64") numbers[i] = view.getFloat64(at, true);
			else if (type === "f32") numbers[i] = view.getFloat32(at, true);
			else numbers[i] = view.getInt32(at, true);
		}
		arrays[name] = numbers;
	}
	return { about: header.about, arrays };
}

/** Null where it is not one. */
function headerIn(bytes: Uint8Array): { readonly about: Json; readonly arrays: readonly Entry[] } | null {
	try {
		const { about, arrays } = JSON.parse(new TextDecoder().decode(bytes)) as { about: Json; arrays: readonly Entry[] };
		const isSound = ({ name, type, length }: Entry) =>
			typeof name === "string" && Object.hasOwn(types, type) && Number.isSafeInteger(length) && length >= 0;
		return about !== undefined && arrays.every(isSound) ? { about, arrays } : null;
	} catch {
		return null;
	}
}

/** Throws `checkpoint/unusable` where a number isn't one that a run can have saved. */
export function requireSound(name: string, isSound: boolean): void {
	if (!isSound) throw unusable(`its ${name} can't be that of any run`, "use a checkpoint that Sweetspot has written");
}

/** Fills numbers in use with those of a checkpoint. Throws `checkpoint/unusable` where it has none of that name, type and length. */
export function restoreNumbers({ arrays }: Checkpoint, name: string, into: Numbers): void {
	const saved = arrays[name];
	if (saved?.length !== into.length || typeOf(saved) !== typeOf(into))
		throw unusable(`it has ${saved ? `${saved.length} numbers` : "nothing"} for ${name}, expected ${into.length}`, otherRun);
	into.set(saved);
}

/** Throws `checkpoint/unusable` where the checkpoint is of something else. */
export function checkAbout({ about }: Checkpoint, expected: Json): void {
	const others = differences(about, expected, "");
	if (others.length > 0) throw unusable(others.join("; "), otherRun);
}

/** What two differ in: `workload.optimizer.name is "adam", expected "adamw"`. */
function differences(found: Json | undefined, wanted: Json | undefined, path: string): readonly string[] {
	if (isObject(found) && isObject(wanted)) {
		const keys = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
		return keys.flatMap((key) => differences(found[key], wanted[key], path === "" ? key : `${path}.${key}`));
	}
	const [one, other] = [found, wanted].map((value) => (value === undefined ? "missing" : canonicalJson(value)));
	return one === other ? [] : [`its ${path || "content"} is ${one}, expected ${other}`];
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
	typeof value === "object" && value !== null && !Array.isArray(value);

const otherRun = "restore it where the same network, optimizer, data and settings are";

const typeOf = (numbers: Numbers): Entry["type"] =>
	numbers instanceof Float64Array ? "f64" : numbers instanceof Float32Array ? "f32" : "i32";

const unusable = (found: string, fix: string): SweetspotError => new SweetspotError("checkpoint/unusable", found, fix);
