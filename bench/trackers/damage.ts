import type { Rng } from "../../src/core/rng.js";
import { crc32 } from "../../src/data/numpy/crc32.js";
import { logRecords } from "../../src/trackers/leveldb-log.js";
import { tfRecords } from "../../src/trackers/tfrecord.js";
import { tfRecordOf } from "../../src/trackers/tfrecord-writer.js";
import { mutatedBytes } from "../torture/fuzz/mutate-bytes.js";
import { oddNumber, oneOf } from "../torture/fuzz/odd.js";

/** How a file is framed, which says where its lengths are and which checksums a lie must pass. */
export type Framing = "tfrecord" | "wandb" | "text" | "bytes";

/** A copy that is damaged at random places, or, every second one, whose lengths and counts lie behind checksums that are right. */
export function damagedCopy(rng: Rng, bytes: Uint8Array, framing: Framing): Uint8Array {
	if (rng.below(2) === 0) return mutatedBytes(rng, bytes);
	if (framing === "tfrecord") return lyingRecords(rng, bytes);
	if (framing === "wandb") return lyingLog(rng, bytes);
	return framing === "text" ? lyingText(rng, bytes) : lyingWords(rng, bytes);
}

/** Numbers as varints that claim too much: 127, 2²⁸ − 1, 2³² − 1, 2⁶⁴ − 1, one that never ends. */
const varints = [
	[0x7f],
	[0xff, 0xff, 0xff, 0x7f],
	[0xff, 0xff, 0xff, 0xff, 0x0f],
	[...Array<number>(9).fill(0xff), 1],
	Array<number>(11).fill(0xff),
];

function withVarint(rng: Rng, bytes: Uint8Array): Uint8Array {
	const at = rng.below(bytes.length + 1);
	return Buffer.concat([bytes.subarray(0, at), Uint8Array.from(oneOf(rng, varints)), bytes.subarray(at + rng.below(2))]);
}

function lyingRecords(rng: Rng, bytes: Uint8Array): Uint8Array {
	const records = [...tfRecords(bytes, "fixture")];
	const at = rng.below(records.length);
	return Buffer.concat(
		records.map((record, i) => {
			if (i !== at) return tfRecordOf(record);
			if (rng.below(2) === 0) return tfRecordOf(withVarint(rng, record));
			// A length whose checksum is right, before bytes that are fewer.
			const lie = tfRecordOf(new Uint8Array(oneOf(rng, [0, 1, 1000, 100_000])));
			return Buffer.concat([lie.subarray(0, 12), record]);
		}),
	);
}

const headerBytes = 7;

/** Only whole fragments are written, each into the one block of a small file. */
function lyingLog(rng: Rng, bytes: Uint8Array): Uint8Array {
	const records = [...logRecords(bytes, headerBytes, "fixture")];
	const at = rng.below(records.length);
	const parts = records.map((record, i) => {
		const content = i === at ? withVarint(rng, record) : record;
		const fragment = Buffer.alloc(headerBytes + content.length);
		fragment.writeUInt16LE(i === at && rng.below(4) === 0 ? oneOf(rng, [0, 1, 0x7fff, 0xffff]) : content.length, 4);
		fragment[6] = i === at && rng.below(4) === 0 ? rng.below(6) : 1;
		fragment.set(content, headerBytes);
		fragment.writeUInt32LE(crc32(fragment.subarray(6)), 0);
		return fragment;
	});
	return Buffer.concat([bytes.subarray(0, headerBytes), ...parts]);
}

const words = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** One to four whole words, near the beginning or the end, where sizes and counts stand, or anywhere. */
function lyingWords(rng: Rng, bytes: Uint8Array): Uint8Array {
	const copy = Buffer.from(bytes);
	for (let left = 1 + rng.below(4); left > 0; left--) {
		const near = Math.min(120, copy.length - 8);
		const at = oneOf(rng, [rng.below(near), copy.length - 8 - rng.below(near), rng.below(copy.length - 8)]);
		const word = oneOf(rng, words);
		const kind = rng.below(4);
		if (kind === 0) copy[at] = word & 0xff;
		else if (kind === 1) copy.writeUInt16BE(word & 0xffff, at);
		else if (kind === 2) copy.writeUInt32BE(word, at);
		else copy.writeUInt32LE(word, at);
	}
	return copy;
}

/** A number of a text is another one. */
function lyingText(rng: Rng, bytes: Uint8Array): Uint8Array {
	let text = new TextDecoder().decode(bytes);
	for (let left = 1 + rng.below(3); left > 0; left--) {
		const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)];
		if (numbers.length === 0) break;
		const { index, 0: found } = oneOf(rng, numbers);
		text = text.slice(0, index) + String(oddNumber(rng)) + text.slice(index + found.length);
	}
	return new TextEncoder().encode(text);
}
