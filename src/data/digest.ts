import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256OfNumbers } from "../core/little-endian.js";

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * What `sha256OfNumbers` gives, for tens of millions of numbers: by the platform's own implementation where it has one (a browser has it on
 * secure pages only), ten times as fast as ours.
 */
export async function sha256OfMany(values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Promise<string> {
	const { subtle } = crypto;
	if (!isLittleEndian || subtle === undefined) return sha256OfNumbers(values);
	return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", values)));
}
