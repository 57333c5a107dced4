import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader, FrameWriter } from "./frames.js";

const written = (messages: readonly object[]): Buffer => {
	const lines: string[] = [];
	const writer = new FrameWriter((line) => lines.push(line));
	for (const message of messages) writer.say(message);
	return Buffer.from(lines.join(""));
};

test("messages arrive whole and in order, in parts of any length", () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ text: fc.string({ unit: "grapheme" }) }), { maxLength: 5 }),
			fc.integer({ min: 1, max: 7 }),
			(messages, size) => {
				const bytes = written(messages);
				const reader = new FrameReader();
				const read: unknown[] = [];
				for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)));
				expect(read).toEqual(messages);
				expect(reader.broken).toBeNull();
			},
		),
		{ numRuns: 50 },
	);
});

test("a changed byte, or a line that is missing, is noticed, and nothing behind it counts", () => {
	const bytes = written([{ a: 1 }, { b: 2 }, { c: 3 }]);
	const lines = bytes.toString().split("\n");
	for (let place = 0; place < bytes.length; place++) {
		const reader = new FrameReader();
		const changed = Buffer.from(bytes);
		changed[place] ^= 1;
		const read = reader.push(changed);
		expect(read.length).toBeLessThan(3);
		expect([{ a: 1 }, { b: 2 }].slice(0, read.length)).toEqual(read);
	}
	const reader = new FrameReader();
	expect(reader.push(Buffer.from(`${lines[0]}\n${lines[2]}\n`))).toEqual([{ a: 1 }]);
	expect(reader.broken).toMatch(/line 2/);
});
