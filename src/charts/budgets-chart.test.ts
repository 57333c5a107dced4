import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { budgetsChart } from "./budgets-chart.js";

const { budgets } = exampleStudy().findings;

describe("budgetsChart", () => {
	test("has a panel for each budget, with a dot and an interval for each size, on one y axis", () => {
		const svg = budgetsChart(canvasOf(), budgets);
		expect(textsOf(svg)).toEqual(expect.arrayContaining(["10 epochs each", "340 steps each", "12 ms each", "validation accuracy"]));
		expect(svg.querySelectorAll('g[aria-label="rule"] line')).toHaveLength(36);
		expect(svg.outerHTML).not.toContain("NaN");
	});

	test("rings the best of each panel and what can't be told apart from it", () => {
		const rings = [...budgetsChart(canvasOf(), budgets).querySelectorAll('circle[r="6.5"]')];
		expect(rings).toHaveLength(3 + 6 + 2); // two in the key
	});

	test("draws what is measured, and nothing for a size that isn't", () => {
		const none = { median: null, low: null, high: null };
		const open = budgets.map((budget) => ({
			...budget,
			rows: budget.rows.map((row, i) => (i < 2 ? row : { ...row, value: none, standing: null })),
		}));
		const svg = budgetsChart(canvasOf(), open);
		expect(svg.querySelectorAll('g[aria-label="rule"] line')).toHaveLength(6);
		expect(svg.outerHTML).not.toContain("NaN");
	});
});
