import { expect, test } from "vitest";
import { safeText } from "./safe-text.js";

test.each([
	["plain text\n\twith lines — and ü, 漢, 🙂", "plain text\n\twith lines — and ü, 漢, 🙂"],
	["\x1b[1mbold\x1b[22m", "\x1b[1mbold\x1b[22m"],
	["a\x1b[2J\x1b[Hb", "ab"],
	["a\x1b]0;a title\x07b", "ab"],
	["a\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\b", "alinkb"],
	["a\x1b]52;c;ZXZpbA==\x07b", "ab"],
	["a\x1b", "a"],
	["a\rb\x08c\x00d\x7fe\x9b2Jf", "abcde2Jf"],
	["a\u202eb\u2066c", "abc"],
	["a\x1bcb", "acb"],
])("%j is shown as %j", (text, shown) => expect(safeText(text)).toBe(shown));
