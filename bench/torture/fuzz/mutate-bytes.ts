import type { Rng } from "../../../src/core/rng.js";
import { oneOf } from "./odd.js";

const words = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Changes made to bytes: by a bad disk or line, a file that was cut short, or somebody who means harm. */
const changes: readonly ((rng: Rng, bytes: Buffer) => Buffer)[] = [
	(rng, bytes) => {
		if (bytes.length > 0) bytes[rng.below(bytes.length)] ^= 1 << rng.below(8);
		return bytes;
	},
	(rng, bytes) => {
		if (bytes.length > 0) bytes[rng.below(bytes.length)] = rng.below(256);
		return bytes;
	},
	(rng, bytes) => bytes.subarray(0, rng.below(bytes.length + 1)),
	(rng, bytes) => {
		const word = oneOf(rng, words);
		if (bytes.length < 4) return bytes;
		// Sizes and counts stand near the beginning or the end.
		const at = oneOf(rng, [
			rng.below(Math.min(64, bytes.length - 3)),
			bytes.length - 4 - rng.below(Math.min(64, bytes.length - 3)),
			rng.below(bytes.length - 3),
		]);
		if (rng.below(2) === 0) bytes.writeUInt32LE(word, at);
		else bytes.writeUInt32BE(word, at);
		return bytes;
	},
	(rng, bytes) => {
		const at = rng.below(bytes.length + 1);
		return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + rng.below(9), rng.below(256)), bytes.subarray(at)]);
	},
	(rng, bytes) => {
		const at = rng.below(bytes.length + 1);
		return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + rng.below(9))]);
	},
	(rng, bytes) => Buffer.concat([bytes, bytes.subarray(rng.below(bytes.length + 1))]),
];

/** A copy of bytes with one to three such changes. */
export function mutatedBytes(rng: Rng, bytes: Uint8Array): Uint8Array {
	let changed = Buffer.from(bytes);
	for (let left = rng.below(2) === 0 ? 1 : 1 + rng.below(3); left > 0; left--) changed = Buffer.from(oneOf(rng, changes)(rng, changed));
	return new Uint8Array(changed);
}
