import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { tradeoffChart } from "./tradeoff-chart.js";

const { findings } = exampleStudy();

describe("tradeoffChart", () => {
	test("names itself, for those who can't see it too", () => {
		const svg = tradeoffChart(canvasOf(), findings);
		expect(svg.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
		expect(svg.getAttribute("role")).toBe("img");
		expect(svg.getAttribute("aria-label")).toBe("Steps-to-target against batch size");
		expect(svg.querySelector("desc")?.textContent).toContain("Batch size 64: ");
	});

	test("a part of its axis has the sizes that lie there, and no sign of what lies elsewhere", () => {
		for (const width of [720, 328]) {
			const part = { from: 30, to: 300 };
			const svg = tradeoffChart(canvasOf(width), findings, undefined, { part, isZoomable: true });
			expect(svg.getAttribute("data-zoom-low")).toBe("30");
			expect(svg.getAttribute("data-zoom-high")).toBe("300");
			expect(svg.outerHTML).not.toMatch(/NaN|Infinity/);
			const sizes = [...svg.querySelectorAll("circle title")].map((title) => title.textContent?.match(/batch size ([\d,]+)/)?.[1]);
			expect(sizes).toEqual(findings.tradeoff.flatMap(({ batchSize }) => (batchSize >= 30 && batchSize <= 300 ? [String(batchSize)] : [])));
			expect(textsOf(svg)).not.toContain("perfect scaling");
		}
		const empty = tradeoffChart(canvasOf(), findings, undefined, { part: { from: 1e6, to: 2e6 } });
		expect(empty.outerHTML).not.toMatch(/NaN|Infinity/);
		expect(tradeoffChart(canvasOf(), findings).hasAttribute("data-zoom-low")).toBe(false);
	});

	test("draws every median further right and no higher than the one before, as far as the runs are", () => {
		const svg = tradeoffChart(canvasOf(), findings);
		const points = [...svg.querySelectorAll("circle")]
			.filter((circle) => circle.querySelector("title"))
			.map((circle) => ({
				x: Number(circle.getAttribute("cx")),
				y: Number(circle.getAttribute("cy")),
				size: Number(
					circle
						.querySelector("title")
						?.textContent?.match(/batch size ([\d,]+)/)?.[1]
						.replace(",", ""),
				),
			}));
		expect(points.map((point) => point.size)).toEqual(findings.tradeoff.map((row) => row.batchSize));
		for (const [i, point] of points.entries()) {
			if (i === 0) continue;
			const [row, before] = [findings.tradeoff[i], findings.tradeoff[i - 1]];
			expect(point.x).toBeGreaterThan(points[i - 1].x);
			expect(Math.sign(point.y - points[i - 1].y)).toBe(Math.sign((before.steps.median ?? 0) - (row.steps.median ?? 0)));
		}
	});

	test("a band that is wider than the chart ends at its border", () => {
		const wide = { ...findings, fit: { ...findings.fit, curve: findings.fit.curve.map((point) => ({ ...point, low: 1e-9, high: 1e9 })) } };
		const heights = (of: typeof findings) => {
			const svg = tradeoffChart(canvasOf(), of);
			const band = [...svg.querySelectorAll("[fill-opacity='0.12'] path")].map((path) => path.getAttribute("d") ?? "").join("");
			return { all: Number(svg.getAttribute("height")), band: [...band.matchAll(/[\d.]+,(-?[\d.]+)/g)].map(([, y]) => Number(y)) };
		};
		const { all, band } = heights(wide);
		expect(band.length).toBeGreaterThan(20);
		expect(Math.min(...band)).toBeGreaterThan(0);
		expect(Math.max(...band)).toBeLessThan(all);
		expect(Math.max(...band) - Math.min(...band)).toBeGreaterThan(all / 2);
		expect(heights(findings).band.length).toBe(band.length);
	});

	test("labels its lines, with their intervals", () => {
		const texts = textsOf(tradeoffChart(canvasOf(), findings)).join("|");
		for (const label of [
			"critical batch size 60 [54–67]",
			"noise scale ",
			"perfect scaling",
			"fewest steps 40 [38–42]",
			"recommended: 32",
			"fitted curve",
		]) {
			expect(texts).toContain(label);
		}
	});

	test("shades no interval that says next to nothing", () => {
		const rects = (criticalBatchSize: typeof findings.fit.criticalBatchSize) => {
			const svg = tradeoffChart(canvasOf(), { ...findings, fit: { ...findings.fit, criticalBatchSize }, noiseScales: [] });
			return { shaded: svg.querySelectorAll('g[aria-label="rect"] rect').length, texts: textsOf(svg).join("|") };
		};
		expect(rects(findings.fit.criticalBatchSize).shaded).toBe(1);
		const vague = rects({ estimate: 60, low: 8, high: 7000 });
		expect(vague.shaded).toBe(0);
		expect(vague.texts).toContain("critical batch size roughly 60 [8–7,000]");
	});

	test("draws a run that missed the goal as a triangle, and says where a size did", () => {
		const { findings: missing } = exampleStudy("one missing");
		const svg = tradeoffChart(canvasOf(), missing);
		expect(textsOf(svg)).toContain("not reached");
		const triangles = [...svg.querySelectorAll('g[aria-label="dot"] path')];
		expect(triangles).toHaveLength(2); // the run that diverged at batch size 1, and batch size 1,078
		expect(svg.outerHTML).not.toContain("NaN");
	});

	test("rings every size that can't be told apart while undecided", () => {
		const { findings: undecided } = exampleStudy("undecided");
		const svg = tradeoffChart(canvasOf(), undecided);
		expect(svg.querySelectorAll('g[aria-label="dot"] circle[r="8.5"]')).toHaveLength(undecided.recommendation.indistinguishable.length);
		expect(textsOf(svg)).toContain("best guess: 32");
	});

	test.each([328, 720])("keeps its labels within %i pixels", (width) => {
		for (const variant of ["found", "one missing", "undecided"] as const) {
			const svg = tradeoffChart(canvasOf(width), exampleStudy(variant).findings);
			for (const text of svg.querySelectorAll("text[paint-order]")) {
				const at = Number(text.getAttribute("transform")?.match(/translate\(([-\d.]+)/)?.[1]);
				const size = Number(text.getAttribute("font-size"));
				const length = (text.textContent ?? "").length * size * 0.5; // a narrow estimate of the average character
				const anchor = text.getAttribute("text-anchor");
				if (text.getAttribute("transform")?.includes("rotate")) continue;
				const left = anchor === "end" ? at - length : anchor === "middle" ? at - length / 2 : at;
				expect(left, text.textContent ?? "").toBeGreaterThanOrEqual(0);
				expect(left + length, text.textContent ?? "").toBeLessThanOrEqual(width);
			}
		}
	});
});
