import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { locateStore } from "./locate.js";

let root: string;
let deep: string;
beforeEach(() => {
	root = realpathSync(mkdtempSync(join(tmpdir(), "sweetspot-locate-")));
	deep = join(root, "a", "b");
	mkdirSync(deep, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

test("none above: in the working folder, not made yet", () => {
	expect(locateStore(deep)).toBe(join(deep, ".sweetspot"));
});

test("the nearest one above, the working folder's own first", () => {
	mkdirSync(join(root, ".sweetspot"));
	expect(locateStore(deep)).toBe(join(root, ".sweetspot"));
	mkdirSync(join(root, "a", ".sweetspot"));
	expect(locateStore(deep)).toBe(join(root, "a", ".sweetspot"));
	mkdirSync(join(deep, ".sweetspot"));
	expect(locateStore(deep)).toBe(join(deep, ".sweetspot"));
});

test("a file of that name is not a store", () => {
	mkdirSync(join(root, ".sweetspot"));
	writeFileSync(join(deep, ".sweetspot"), "");
	expect(locateStore(deep)).toBe(join(root, ".sweetspot"));
});
