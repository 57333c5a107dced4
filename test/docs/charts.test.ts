import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chartFiles } from "../fixtures/chart-files.js";

const docs = new URL("../../docs/", import.meta.url);

test("the gallery of charts shows what the program draws: `npx tsx scripts/chart-gallery.ts` renews it", () => {
	const files = chartFiles();
	for (const [path, content] of files) expect(readFileSync(new URL(path, docs), "utf8"), path).toBe(content);
	expect(
		readdirSync(new URL("charts/", docs))
			.map((name) => `charts/${name}`)
			.sort(),
	).toEqual([...files.keys()].filter((path) => path.startsWith("charts/")).sort());
});
