import { expect, test } from "vitest";
import { inline } from "./markdown-parts.js";

test("the bracket of an interval is escaped only where it would begin a link or its definition", () => {
	expect(inline("a slope of 0.9 [0.6–1.3]: a step grows")).toBe("a slope of 0.9 [0.6–1.3]: a step grows");
	expect(inline("[study]: elsewhere")).toBe("[study\\]: elsewhere");
	expect(inline("[study](elsewhere)")).toBe("[study\\](elsewhere)");
});
