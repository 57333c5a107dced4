import { describe, expect, test } from "vitest";
import { batchColors, batchColorVariables } from "./batch-colors.js";

/** Relative luminance (WCAG 2). */
function luminance(color: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string) => {
	const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
};
const scale = (theme: "light" | "dark") => [...batchColorVariables(theme).matchAll(/#[0-9a-f]{6}/g)].map(([color]) => color);

describe.each(["light", "dark"] as const)("the scale of the %s theme", (theme) => {
	test("falls in luminance from the smallest size to the largest", () => {
		const values = scale(theme).map(luminance);
		for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThan(values[i - 1]);
	});

	test("stands out from the page", () => {
		// Marks of a sequential scale can't all keep 3:1; the sizes are named next to them as well. 2.2 is what the lightest keeps on white.
		for (const color of scale(theme)) expect(contrast(color, theme === "light" ? "#ffffff" : "#14161a")).toBeGreaterThan(2.2);
	});
});

describe("batchColors", () => {
	test("is logarithmic from the smallest size to the largest", () => {
		const color = batchColors([1, 32, 1024]);
		expect([1, 32, 1024].map((size) => color(size).match(/--batch-\d+/)?.[0])).toEqual(["--batch-0", "--batch-12", "--batch-24"]);
	});

	test("falls back to the light theme's colour", () => {
		const last = scale("light").at(-1);
		expect(batchColors([1, 8])(8)).toBe(`var(--batch-24, ${last})`);
	});

	test("has a colour for a single size", () => expect(batchColors([8])(8)).toMatch(/^var\(--batch-12, #/));
});
