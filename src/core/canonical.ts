import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { internal } from "./errors.js";

/** Anything JSON can hold. `undefined` members are left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One text for one value: keys sorted, no white space, numbers as JavaScript prints them (the shortest that reads back the same bits).
 * Throws on NaN and infinities, which JSON doesn't have: a diverged loss must be a word before it comes here.
 */
export function canonicalJson(value: Json): string {
	if (typeof value === "number" && !Number.isFinite(value)) throw internal(`JSON has no ${value}`);
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
	let members = "";
	for (const key of Object.keys(value).sort()) {
		const member = (value as { readonly [key: string]: Json | undefined })[key];
		if (member !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
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
