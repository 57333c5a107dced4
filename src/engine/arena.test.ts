import { expect, test } from "vitest";
import { Arena } from "./arena.js";

test("a view outlives growth when it is fetched again, with what was written", () => {
	const arena = new Arena();
	const block = arena.floats(10);
	const early = block.view;
	early[3] = 7;
	arena.allocate(10_000_000);
	expect(early.length).toBe(0);
	expect(block.view[3]).toBe(7);
});

test("what is released is given out again, as zeros, and takes no more memory", () => {
	const arena = new Arena();
	const mark = arena.mark();
	const first = arena.integers(1_000_000);
	first.view.fill(9);
	const bytes = arena.memory.buffer.byteLength;
	for (let i = 0; i < 100; i++) {
		arena.release(mark);
		const again = arena.integers(1_000_000);
		expect(again.pointer).toBe(first.pointer);
		expect(again.view.every((value) => value === 0)).toBe(true);
	}
	expect(arena.memory.buffer.byteLength).toBe(bytes);
	expect(() => arena.release(arena.mark() + 1)).toThrow(/internal: a mark/);
});
