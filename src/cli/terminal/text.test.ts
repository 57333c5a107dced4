import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cut, oneLine, padEnd, padStart, widthOf, wrap } from "./text.js";

test("widthOf counts columns, not characters", () => {
	expect(["", "abc", "µs", "数字", "ｆｕｌｌ", "e\u0301", "👩‍🔬", "❤️", "⠑⠤", "│●█", "\x1b[1mbold\x1b[22m"].map(widthOf)).toEqual([
		0, 3, 2, 4, 8, 1, 2, 2, 2, 3, 4,
	]);
});

test("padding fills columns", () => {
	expect(padEnd("数字", 6)).toBe("数字  ");
	expect(padStart("\x1b[1m7\x1b[22m", 3)).toBe("  \x1b[1m7\x1b[22m");
	expect(padEnd("longer", 3)).toBe("longer");
});

test("cut leaves room for the ellipsis and never half of a wide character", () => {
	expect([cut("digits", 6), cut("digits", 5), cut("数字数字", 6), cut("数字数字", 8)]).toEqual(["digits", "digi…", "数字…", "数字数字"]);
	expect(cut("a数字", 3)).toBe("a…");
});

test("oneLine takes the control characters out of a text", () => {
	expect(oneLine(" two\nlines\tand \x1b[2Ja colour\x1b[31m\x07 ")).toBe("two lines and a colour");
});

describe("wrap", () => {
	test("breaks at spaces and indents what follows", () => {
		expect(wrap("! one two three four", 10, 2)).toEqual(["! one two", "  three", "  four"]);
		expect(wrap("", 10)).toEqual([""]);
	});

	test("keeps a number with its unit and its interval", () => {
		expect(wrap("it takes 4.1 ms [3.9–4.4] or 25 % more", 18)).toEqual(["it takes", "4.1 ms [3.9–4.4]", "or 25 % more"]);
	});

	test("loses no word, and no line is too wide unless it is a single word", () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[a-z数]{1,12}$/), { minLength: 1 }), fc.integer({ min: 5, max: 30 }), (words, width) => {
				const lines = wrap(words.join(" "), width);
				expect(lines.join(" ")).toBe(words.join(" "));
				for (const line of lines)
					if (line.includes(" ") && !/ (ns|µs|ms|s|min|h)\b/.test(line)) expect(widthOf(line)).toBeLessThanOrEqual(width);
			}),
		);
	});
});
