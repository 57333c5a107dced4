import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { internal } from "./errors.js";

/** Anything JSON can hold. `undefined` members are left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * `T` where JSON can hold it, `never` for what it can't: functions, maps, dates. An interface is no `Json` to the compiler, since it has no
 * index signature; a parameter `value: T & Plain<T>` takes it nevertheless, and still refuses what isn't plain data.
 */
export type Plain<T> = T extends Json | undefined
	? T
	: T extends (...args: never) => unknown
		? never
		: { readonly [K in keyof T]: Plain<T[K]> };

/** Plain data as JSON: the same value, which the compiler then takes for what it is. */
export const asJson = <T>(value: T & Plain<T>): Json => value as Json;

/**
 * One text for one value: keys sorted, no white space, numbers as JavaScript prints them (the shortest that reads back the same bits).
 * Throws on NaN and infinities, which JSON doesn't have: a diverged loss must be a word before it comes here.
 */
export const canonicalJson = <T>(value: T & Plain<T>): string => textOf(asJson(value));

function textOf(value: Json): string {
	if (typeof value === "number" && !Number.isFinite(value)) throw internal(`JSON has no ${value}`);
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
	let members = "";
	for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
		if (member !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${textOf(member)}`;
	}
	return `{${members}}`;
}

/** SHA-256 of texts, one after the other, as 64 hexadecimal digits: that of the whole, which need not fit into memory. */
export function sha256OfParts(parts: Iterable<string>): string {
	const hash = sha256.create();
	for (const part of parts) hash.update(utf8ToBytes(part));
	return bytesToHex(hash.digest());
}

/** SHA-256 of a text or of bytes, as 64 hexadecimal digits. */
export const sha256Hex = (content: string | Uint8Array): string =>
	bytesToHex(sha256(typeof content === "string" ? utf8ToBytes(content) : content));
