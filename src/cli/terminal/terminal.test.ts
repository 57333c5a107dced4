import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { colorsOf, terminalOf } from "./terminal.js";

const windowOf = (size: { columns?: number; rows?: number }) => Object.assign(new PassThrough(), { isTTY: true, ...size });
const shows = (stream: NodeJS.WritableStream, environment: NodeJS.ProcessEnv) => {
	const { color, interactive } = terminalOf(stream, environment);
	return { color, interactive };
};

describe("terminalOf", () => {
	test("a window shows colours and can be drawn over", () => {
		expect(shows(windowOf({ columns: 80 }), { TERM: "xterm" })).toEqual({ color: true, interactive: true });
	});

	test("NO_COLOR, FORCE_COLOR, CI, dumb terminals and pipes", () => {
		expect(shows(windowOf({}), { NO_COLOR: "1" })).toEqual({ color: false, interactive: true });
		expect(shows(windowOf({}), { NO_COLOR: "" })).toEqual({ color: true, interactive: true });
		expect(shows(windowOf({}), { CI: "true" })).toEqual({ color: true, interactive: false });
		expect(shows(windowOf({}), { TERM: "dumb" })).toEqual({ color: false, interactive: false });
		expect(shows(new PassThrough(), {})).toEqual({ color: false, interactive: false });
		expect(shows(new PassThrough(), { FORCE_COLOR: "1" })).toEqual({ color: true, interactive: false });
		expect(shows(new PassThrough(), { FORCE_COLOR: "1", NO_COLOR: "1" })).toEqual({ color: false, interactive: false });
	});

	test("the width follows the window, else COLUMNS, else 100", () => {
		const stream = windowOf({ columns: 80, rows: 24 });
		const terminal = terminalOf(stream, { COLUMNS: "70" });
		expect([terminal.width, terminal.height]).toEqual([80, 24]);
		stream.columns = 50;
		expect(terminal.width).toBe(50);
		expect(terminalOf(new PassThrough(), { COLUMNS: "70" }).width).toBe(70);
		expect(terminalOf(new PassThrough(), {}).width).toBe(100);
		expect(terminalOf(new PassThrough(), {}).height).toBe(Number.POSITIVE_INFINITY);
	});
});

test("colorsOf colours only where there is colour", () => {
	expect(colorsOf({ color: true }).bold("x")).toBe("\x1b[1mx\x1b[22m");
	expect(colorsOf({ color: false }).bold("x")).toBe("x");
});
