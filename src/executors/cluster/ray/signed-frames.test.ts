import fc from "fast-check";
import { expect, test } from "vitest";
import { SignedFrameReader, SignedFrameWriter } from "./signed-frames.js";

const job = "sweetspot-small-1-0";

function written(messages: readonly object[], name = job): readonly string[] {
	const frames: string[] = [];
	const writer = new SignedFrameWriter(name, (text) => frames.push(text));
	for (const message of messages) writer.say(message);
	return frames;
}
const messagesIn = (log: string, reader = new SignedFrameReader(job)): readonly unknown[] => reader.read(log).map(({ message }) => message);

test("messages arrive once, whole and in order, whatever stands between them and however the log grows", () => {
	const noise = fc.array(
		fc.oneof(fc.string({ unit: "grapheme" }), fc.constant("sweetspot-frame 1 2 x {}\n"), fc.constant("Ray: no end of line")),
	);
	fc.assert(
		fc.property(
			fc.array(fc.record({ text: fc.string({ unit: "binary" }) }), { maxLength: 5 }),
			noise,
			fc.integer({ min: 20, max: 400 }),
			(messages, others, size) => {
				const frames = written(messages);
				// Frames first: what comes before them could be no one's but Ray's.
				const log = frames.map((frame, i) => `${others[i % (others.length || 1)] ?? ""}${frame}`).join("");
				const reader = new SignedFrameReader(job);
				const read: unknown[] = [];
				for (let end = 0; end < log.length + size; end += size) read.push(...messagesIn(log.slice(0, end), reader));
				expect(read).toEqual(messages);
				expect(reader.broken).toBeNull();
			},
		),
		{ numRuns: 100 },
	);
});

test("a frame with any changed character never counts, and nothing behind it does", () => {
	const log = written([{ a: 1 }, { b: 2 }]).join("");
	for (let place = 0; place < log.length; place++) {
		const changed = `${log.slice(0, place)}${log[place] === "x" ? "y" : "x"}${log.slice(place + 1)}`;
		const read = messagesIn(changed);
		expect([{ a: 1 }, { b: 2 }].slice(0, read.length)).toEqual(read);
		if (/[^\n]/.test(log[place])) expect(read.length).toBeLessThan(2);
	}
});

test("a missing frame is noticed, a repeated one is not counted again", () => {
	const [key, a, b, c] = written([{ a: 1 }, { b: 2 }, { c: 3 }]);
	const gap = new SignedFrameReader(job);
	expect(messagesIn(key + a + c + b, gap)).toEqual([{ a: 1 }]);
	expect(gap.broken).toBe("frame 2 of its log is torn or missing");
	expect(messagesIn(`${key}${a}${b}${c}${c}${b}`, gap)).toEqual([]);
	expect(messagesIn(key + a + a + key + b + a + c)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
});

test("frames with another key, of another job, or before the key never count", () => {
	const [key, a, b] = written([{ a: 1 }, { b: 2 }]);
	const foreign = written([{ a: 666 }, { b: 666 }]);
	expect(messagesIn(key + foreign.join("") + a + foreign.join("") + b)).toEqual([{ a: 1 }, { b: 2 }]);
	expect(messagesIn(written([{ a: 1 }], "sweetspot-small-1-1").join(""))).toEqual([]);
	expect(messagesIn(a + b)).toEqual([]);
	const key0 = '{"key":"MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}';
	expect(messagesIn(`sweetspot-frame 0 ${key0.length} ${"A".repeat(86)}== ${key0}\n${key}${a}`)).toEqual([{ a: 1 }]);
});

test("a log that was cut off is noticed", () => {
	const frames = written([{ a: 1 }, { b: 2 }]);
	const reader = new SignedFrameReader(job);
	expect(messagesIn(frames.slice(0, 2).join(""), reader)).toEqual([{ a: 1 }]);
	expect(messagesIn("", reader)).toEqual([]);
	expect(reader.broken).toMatch(/shorter/);
});

test("what else stands in the log is kept for people, at its end", () => {
	const reader = new SignedFrameReader(job);
	const log = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join("");
	messagesIn(log + written([{ a: 1 }]).join(""), reader);
	expect(reader.others).toHaveLength(20);
	expect(reader.others.at(-1)).toBe("line 29");
});
