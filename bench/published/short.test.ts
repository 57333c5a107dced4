import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exhibits, sectionOf } from "../published.js";
import type { Exhibit } from "./exhibit.js";
import { standingOf } from "./line.js";
import { short } from "./plan.js";

describe("a published figure and the interval of ours", () => {
	test.each([
		["wholly within the range", 0.6, 1.4, "agrees"],
		["wholly below it", 0.1, 0.4, "differs"],
		["wholly above it", 1.6, 2, "differs"],
		["over its end", 0.4, 1, "cannot tell"],
		["open on one side", 0.6, null, "cannot tell"],
		["not there", null, null, "cannot tell"],
	] as const)("%s", (_, low, high, standing) => {
		expect(standingOf({ estimate: 1, low, high }, { from: 0.5, to: 1.5 })).toBe(standing);
	});

	test("an open interval agrees with a range that is open on the same side", () => {
		expect(standingOf({ estimate: 1, low: 0.6, high: null }, { from: 0.5 })).toBe("agrees");
		expect(standingOf({ estimate: 1, low: null, high: 0.4 }, { from: 0.5 })).toBe("differs");
	});
});

test("every source is run in its short form, and has its place on the page", async () => {
	const found: Exhibit[] = [];
	for await (const exhibit of exhibits(short)) found.push(exhibit);
	const page = readFileSync(new URL("../../docs/published.md", import.meta.url), "utf8");
	expect(found.map(({ name }) => name)).toEqual(["keskar-hoffer", "shen", "brownlee", "masters-luschi", "shallue", "mccandlish"]);
	for (const exhibit of found) {
		expect(page).toContain(`<!-- ${exhibit.name} -->`);
		expect(sectionOf(exhibit)).toContain(`Of ${exhibit.lines.length} lines`);
	}
	// Four runs of the tutorial, two accuracies each; after two epochs the full batch is nowhere near what it has after 200.
	const tutorial = found.find(({ name }) => name === "brownlee")?.lines ?? [];
	expect(tutorial).toHaveLength(8);
	expect(tutorial[0]).toMatchObject({ published: "0.816", standing: "differs" });
	// An eighth of the steps: the large batch lies nearer to where it began.
	const distances = found.find(({ name }) => name === "shen")?.lines.filter(({ what }) => what.startsWith("distance"));
	expect(distances?.map(({ ours }) => Number.parseFloat(ours))).toEqual([expect.closeTo(0.16, 1), expect.closeTo(0.9, 0)]);
}, 240_000);
