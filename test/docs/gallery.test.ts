import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { galleryPage } from "../fixtures/gallery.js";

test("the gallery shows what the program says: `npx tsx scripts/gallery.ts` renews it", async () => {
	expect(readFileSync(new URL("../../docs/gallery.md", import.meta.url), "utf8")).toBe(await galleryPage());
});
