import { expect, test } from "vitest";
import { prose } from "./prose.js";

test("a flag stays on one line with its number, also in brackets; a dash in a word is no flag", () => {
	const { text } = prose("Add seeds (--budget 20x) or use --whole; non--flags and a-b stay.");
	expect(text).toContain('(<code class="flag">--budget 20x</code>)');
	expect(text).toContain('<code class="flag">--whole</code>;');
	expect(text).toContain("non--flags and a-b stay");
});

test("a figure keeps its sign and its interval", () => {
	expect(prose("It ends at -6 [-9 to -3].").text).toContain('<span class="figure">-6<span class="interval"> [-9 to -3]</span></span>');
	expect(prose("batch size 8, 1,100 [900–1,300] steps").text).toContain('<span class="figure">1,100<span');
});
