import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { Screen } from "../../../test/fixtures/screen.js";
import { liveBlock } from "./live-block.js";
import type { Terminal } from "./terminal.js";

function screenOf(width: number, height = 24) {
	const stream = new PassThrough({ encoding: "utf8" });
	const screen = new Screen(width);
	stream.on("data", (text: string) => screen.write(text));
	const terminal = { stream, width, height, color: false, interactive: true } satisfies Terminal;
	stream.write("before\n");
	return { screen, terminal };
}
/** Longer than the block waits between two drawings. */
const drawn = () => new Promise((resolve) => setTimeout(resolve, 250));

describe("liveBlock", () => {
	test("draws in place, shorter blocks over longer ones, and leaves nothing behind", async () => {
		const { screen, terminal } = screenOf(40);
		const block = liveBlock(terminal);
		block.draw(() => ["one long line", "two", "three"]);
		await drawn();
		expect(screen.text).toBe("before\none long line\ntwo\nthree");
		block.draw(() => ["1", "2"]);
		await drawn();
		expect(screen.text).toBe("before\n1\n2");
		block.clear();
		terminal.stream.write("after\n");
		await drawn();
		expect(screen.text).toBe("before\nafter");
	});

	test("lines that stay are written above it", async () => {
		const { screen, terminal } = screenOf(40);
		const block = liveBlock(terminal);
		block.above(["first"]);
		block.draw(() => ["one", "two"]);
		await drawn();
		block.above(["second", "third"]);
		expect(screen.text).toBe("before\nfirst\nsecond\nthird\none\ntwo");
		block.draw(() => ["three"]);
		await drawn();
		expect(screen.text).toBe("before\nfirst\nsecond\nthird\nthree");
		block.clear();
		expect(screen.text).toBe("before\nfirst\nsecond\nthird");
	});

	test("of many drawings at once the first and the last are made", async () => {
		const { screen, terminal } = screenOf(40);
		const block = liveBlock(terminal);
		const asked: number[] = [];
		for (let i = 0; i < 100; i++)
			block.draw(() => {
				asked.push(i);
				return [`${i}`];
			});
		await drawn();
		expect(asked).toEqual([0, 99]);
		expect(screen.text).toBe("before\n99");
		block.clear();
	});

	test("a cleared block isn't drawn again by a drawing that was still waiting", async () => {
		const { screen, terminal } = screenOf(40);
		const block = liveBlock(terminal);
		block.draw(() => ["first"]);
		block.draw(() => ["waiting"]);
		block.clear();
		block.clear();
		await drawn();
		expect(screen.text).toBe("before");
	});

	test("counts the lines that a narrower window has broken", async () => {
		const { terminal } = screenOf(40);
		const written: string[] = [];
		terminal.stream.on("data", (text: string) => written.push(text));
		const block = liveBlock(terminal);
		block.draw(() => ["x".repeat(35), "y".repeat(20)]);
		terminal.width = 10;
		block.clear();
		await drawn();
		expect(written.at(-1)).toBe("\x1b[6A\r\x1b[J"); // four lines of ten columns for the first and two for the second
	});

	test("is never higher than the window, or its top couldn't be drawn over", async () => {
		const { screen, terminal } = screenOf(40, 3);
		const block = liveBlock(terminal);
		block.draw(() => ["1", "2", "3", "4"]);
		await drawn();
		expect(screen.text).toBe("before\n1\n2");
		block.clear();
	});
});
