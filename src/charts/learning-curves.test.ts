import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { learningCurvesOf } from "../analysis/learning-curves.js";
import type { Goal } from "../core/goal.js";
import { curveLines } from "./curve-lines.js";
import { curveMetric } from "./curve-metric.js";
import { learningCurves } from "./learning-curves.js";

const {
	stored: { study },
	trials,
	findings: { tradeoff },
} = exampleStudy();
const curves = learningCurvesOf(trials, tradeoff);

describe("learningCurves", () => {
	test.each(["steps", "epochs", "examples", "seconds"] as const)("has a panel for each batch size, against %s", (unit) => {
		const svg = learningCurves(canvasOf(), study, curves, unit, { secondsPerStep: (batchSize) => 1e-4 * (8 + batchSize) });
		const texts = textsOf(svg);
		expect(texts.filter((text) => text.startsWith("batch size"))).toHaveLength(12);
		expect(texts).toContain(
			{ examples: "examples used", seconds: "time since the start of a run", steps: "steps", epochs: "epochs" }[unit],
		);
		if (unit === "seconds") expect(texts).toEqual(expect.arrayContaining(["10 ms", "1 s"]));
		expect(svg.outerHTML).not.toContain("NaN");
	});

	const pathsIn = (svg: SVGSVGElement) => (attribute: string) =>
		svg.querySelectorAll(`g[aria-label="line"] path[${attribute}], g[aria-label="line"] g[${attribute}] path`).length;

	test("folds the runs of a size into their median and the middle half of them", () => {
		const svg = learningCurves(canvasOf(), study, curves, "steps");
		const paths = pathsIn(svg);
		expect([paths("stroke-opacity='0.3'"), paths("stroke-width='1.25'"), paths("stroke-width='2'")]).toEqual([0, 12, 12]);
		expect(svg.querySelectorAll('g[aria-label="area"] path')).toHaveLength(12);
		expect(textsOf(svg)).toEqual(expect.arrayContaining(["held-out, median of the runs", "the middle half of the runs"]));
		// One run has no spread, and is no median.
		const single = curves.filter(({ isMedian }) => isMedian);
		const alone = learningCurves(canvasOf(), study, single, "steps");
		expect(alone.querySelectorAll('g[aria-label="area"] path')).toHaveLength(0);
		expect(textsOf(alone)).toContain("held-out, its one run");
		expect(textsOf(alone)).not.toContain("the middle half of the runs");
	});

	test("what a size shows doesn't depend on the other sizes", () => {
		const linesOf = (shown: typeof curves) => curveLines(shown, "folded", ({ step }) => step, curveMetric(study.goal, shown).drawn);
		const [all, some] = [curves, curves.filter(({ batchSize }) => batchSize <= 64)].map(linesOf);
		expect(some.strong.length).toBeLessThan(all.strong.length);
		expect(all.strong.slice(0, some.strong.length)).toEqual(some.strong);
	});

	test("a part of the axis: lines end at its ends, and every panel can be zoomed", () => {
		const part = { from: 20, to: 60 };
		const svg = learningCurves(canvasOf(), study, curves, "steps", { part, isZoomable: true });
		expect([svg.getAttribute("data-zoom-low"), svg.getAttribute("data-zoom-high")]).toEqual(["20", "60"]);
		const [starts, stops] = ["left", "right"].map((side) => (svg.getAttribute(`data-zoom-${side}`) ?? "").split(" ").map(Number));
		expect(starts).toHaveLength(4);
		for (const [i, start] of starts.entries()) {
			expect(stops[i]).toBeGreaterThan(start + 100);
			if (i > 0) expect(start).toBeGreaterThan(stops[i - 1]);
		}
		expect(svg.outerHTML).not.toContain("NaN");
		const nothing = { from: 60, to: 20 };
		expect(learningCurves(canvasOf(), study, curves, "steps", { part: nothing, isZoomable: true }).getAttribute("data-zoom-low")).toBe("1");
	});

	test("draws every run's held-out curve and the median run's training curve", () => {
		const svg = learningCurves(canvasOf(), study, curves, "steps", { runs: "single" });
		const paths = pathsIn(svg);
		expect(paths("stroke-opacity='0.3'")).toBe(12 * 6);
		expect(paths("stroke-width='1.25'")).toBe(12);
		expect(paths("stroke-width='2'")).toBe(12);
	});

	test("ends a diverged run with a cross", () => {
		const svg = learningCurves(canvasOf(), study, curves, "steps");
		expect(svg.querySelectorAll('g[aria-label="dot"] path')).toHaveLength(1);
		expect(textsOf(svg)).toContain("diverged");
		const calm = curves.filter(({ outcome }) => outcome !== "diverged");
		expect(textsOf(learningCurves(canvasOf(), study, calm, "steps"))).not.toContain("diverged");
	});

	test("of a metric of the user's own: linear where more is better or values are negative, logarithmic where less is better and all are positive", () => {
		const own = (goal: Goal, value: (step: number) => number) => {
			const drawn = curves.map((curve) => ({
				...curve,
				looks: curve.looks.map((look) => ({ ...look, metrics: { [goal.metric]: value(look.step) } })),
			}));
			const svg = learningCurves(canvasOf(), { ...study, goal }, drawn, "steps");
			expect(svg.outerHTML).not.toContain("NaN");
			return textsOf(svg);
		};
		expect(own({ metric: "return", atLeast: -110 }, (step) => -100 - 400 / step)).toEqual(
			expect.arrayContaining(["return", "return, median of the runs", "goal: -110", "-400", "-200"]),
		);
		expect(own({ metric: "perplexity", atMost: 30 }, (step) => 30 + 970 / step)).toEqual(
			expect.arrayContaining(["100", "500", "goal: 30"]),
		);
		expect(own({ metric: "validation.f1", atLeast: 0.9 }, (step) => 1 - 1 / (step + 1))).toEqual(
			expect.arrayContaining(["held-out, median of the runs", "0.6", "0.8"]),
		);
	});

	test("shows the goal's metric: an accuracy in its own numbers, a loss as a loss", () => {
		expect(textsOf(learningCurves(canvasOf(), study, curves, "steps"))).toContain("goal: 0.95");
		expect(textsOf(learningCurves(canvasOf(), study, curves, "steps"))).toEqual(expect.arrayContaining(["0.5", "0.9", "0.95"]));
		const loss = { ...study, goal: { metric: "train.loss", atMost: 0.2 } } as const;
		const texts = textsOf(learningCurves(canvasOf(), loss, curves, "steps"));
		expect(texts).toEqual(expect.arrayContaining(["loss", "goal (training): 0.2"]));
	});
});
