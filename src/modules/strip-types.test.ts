import { describe, expect, test } from "vitest";
import { stripTypes } from "./strip-types.js";

describe("stripTypes", () => {
	test("leaves the same program with its types blanked out, each line and column where it was", async () => {
		const source = 'import { type A, b } from "c";\nconst d: number = b as number;\nexport default { d } satisfies A;\n';
		const stripped = await stripTypes(source, "study.ts");
		expect(stripped.replace(/\s+/g, " ")).toBe('import { b } from "c"; const d = b ; export default { d } ; ');
		expect(stripped.split("\n").map((line) => line.length)).toEqual(source.split("\n").map((line) => line.length));
	});

	test("says where it finds what can't be erased, or isn't TypeScript", async () => {
		await expect(stripTypes("const a = 1;\nenum B { c }", "study.ts")).rejects.toThrow(/^study.ts, line 2: .*enum/);
		await expect(stripTypes("const = 1;", "study.ts")).rejects.toThrow(SyntaxError);
	});
});
