import fc from "fast-check";
import { expect, test } from "vitest";
import { LineCutter } from "./lines.js";

function cut(chunks: readonly Buffer[]) {
	const texts: string[] = [];
	const parts: Buffer[] = [];
	let largest = 0;
	const cutter = new LineCutter({
		onLine(text, bytes) {
			texts.push(text);
			parts.push(Buffer.from(bytes));
		},
		onBytes(bytes) {
			largest = Math.max(largest, bytes.length);
			parts.push(Buffer.from(bytes));
		},
	});
	for (const chunk of chunks) cutter.push(chunk);
	cutter.end();
	return { texts, bytes: Buffer.concat(parts), largest };
}

test("lines end with a newline or a carriage return; the last needn't", () => {
	const { texts } = cut(["one\ntw", "o\r\n", "10 %\r20 %\r", "é".slice(0, 1), "nd"].map((text) => Buffer.from(text)));
	expect(texts).toEqual(["one", "two", "", "10 %", "20 %", "énd"]);
});

test("a letter cut in two by a chunk's end is whole", () => {
	const bytes = Buffer.from("héllo\n");
	expect(cut([bytes.subarray(0, 2), bytes.subarray(2)]).texts).toEqual(["héllo"]);
});

test("however it is cut into chunks, every byte is handed on once, in order, and the lines are the same", () => {
	const piece = fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.constant(new Uint8Array([10])), fc.constant(new Uint8Array([13, 10])));
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
			const whole = Buffer.concat(pieces);
			const apart = cut(pieces.map((bytes) => Buffer.from(bytes)));
			expect(apart.bytes).toEqual(whole);
			expect(apart.texts).toEqual(cut([whole]).texts);
		}),
	);
});

test("a line that is too long is handed on as it comes, and the next one is a line again", () => {
	const chunk = Buffer.alloc(50_000, "x");
	const { texts, bytes } = cut([chunk, chunk, chunk, Buffer.from("\nnext\n")]);
	expect(texts).toEqual(["next"]);
	expect(bytes.length).toBe(150_000 + 6);
});
