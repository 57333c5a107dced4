import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { comparisonsChart } from "./comparisons-chart.js";

const { comparisons } = exampleStudy().findings;

describe("comparisonsChart", () => {
	test("has a panel for each comparison, with a dot and an interval for each size, on one y axis", () => {
		const svg = comparisonsChart(canvasOf(), comparisons);
		expect(textsOf(svg)).toEqual(expect.arrayContaining(["10 epochs each", "340 steps each", "12 ms each", "validation accuracy"]));
		expect(svg.querySelectorAll('g[aria-label="rule"] line')).toHaveLength(36);
		expect(svg.outerHTML).not.toContain("NaN");
	});

	test("rings the best of each panel and what can't be told apart from it", () => {
		const rings = [...comparisonsChart(canvasOf(), comparisons).querySelectorAll('circle[r="6.5"]')];
		expect(rings).toHaveLength(3 + 6 + 2); // two in the key
	});

	test("draws what is measured, and nothing for a size that isn't", () => {
		const none = { median: null, low: null, high: null };
		const open = comparisons.map((comparison) => ({
			...comparison,
			rows: comparison.rows.map((row, i) => (i < 2 ? row : { ...row, value: none, standing: null })),
		}));
		const svg = comparisonsChart(canvasOf(), open);
		expect(svg.querySelectorAll('g[aria-label="rule"] line')).toHaveLength(6);
		expect(svg.outerHTML).not.toContain("NaN");
	});
});
