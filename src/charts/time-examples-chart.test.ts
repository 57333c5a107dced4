import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { hasSeconds, timeExamplesChart } from "./time-examples-chart.js";

const { findings } = exampleStudy();

describe("timeExamplesChart", () => {
	test("labels every size, the objectives' choices by name", () => {
		const texts = textsOf(timeExamplesChart(canvasOf(), findings));
		const { fastest, cheapest, balanced } = findings.recommendations;
		expect(texts).toContain(`${fastest.batchSize} fastest`);
		expect(texts).toContain(`${cheapest.batchSize} cheapest`);
		expect(texts).toContain(`${balanced.batchSize} balanced`);
		for (const size of ["1", "2", "8", "16", "128", "256", "512", "1,024", "1,078"]) expect(texts).toContain(size);
	});

	test("names a size once that two objectives choose", () => {
		const { balanced } = findings.recommendations;
		const texts = textsOf(
			timeExamplesChart(canvasOf(), { ...findings, recommendations: { ...findings.recommendations, fastest: balanced } }),
		);
		expect(texts).toContain(`${balanced.batchSize} fastest, balanced`);
	});

	test("shades down to the undominated sizes, no further", () => {
		const svg = timeExamplesChart(canvasOf(), findings);
		const path = svg.querySelector('g[aria-label="area"] path')?.getAttribute("d") ?? "";
		const corners = [...path.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
		const dots = [...svg.querySelectorAll('g[aria-label="dot"] circle[r="4.5"]')];
		const inside = (x: number, y: number) => corners.some(([cx, cy]) => cx < x - 1 && cy > y + 1);
		// Every dot is a corner of the stairs, or above and to the right of one.
		for (const dot of dots) {
			const [x, y] = [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))];
			const corner = corners.some(([cx, cy]) => Math.abs(cx - x) < 1 && Math.abs(cy - y) < 1);
			expect(corner || inside(x, y)).toBe(true);
		}
	});

	test("has nothing to draw before the seconds are known", () => {
		const unknown = { median: null, low: null, high: null };
		expect(hasSeconds(findings)).toBe(true);
		expect(hasSeconds({ ...findings, tradeoff: findings.tradeoff.map((row) => ({ ...row, seconds: unknown })) })).toBe(false);
	});
});
