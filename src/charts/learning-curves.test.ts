import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { learningCurvesOf } from "../analysis/learning-curves.js";
import type { Goal } from "../core/goal.js";
import { learningCurves } from "./learning-curves.js";

const {
	stored: { study },
	trials,
	findings: { tradeoff },
} = exampleStudy();
const curves = learningCurvesOf(trials, tradeoff);

describe("learningCurves", () => {
	test.each(["steps", "epochs", "examples"] as const)("has a panel for each batch size, against %s", (unit) => {
		const svg = learningCurves(canvasOf(), study, curves, unit);
		const texts = textsOf(svg);
		expect(texts.filter((text) => text.startsWith("batch size"))).toHaveLength(12);
		expect(texts).toContain(unit === "examples" ? "examples used" : unit);
		expect(svg.outerHTML).not.toContain("NaN");
	});

	test("draws every run's held-out curve and the median run's training curve", () => {
		const svg = learningCurves(canvasOf(), study, curves, "steps");
		const paths = (attribute: string) =>
			svg.querySelectorAll(`g[aria-label="line"] path[${attribute}], g[aria-label="line"] g[${attribute}] path`).length;
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
			expect.arrayContaining(["return", "return, median run", "goal: -110", "-400", "-200"]),
		);
		expect(own({ metric: "perplexity", atMost: 30 }, (step) => 30 + 970 / step)).toEqual(
			expect.arrayContaining(["100", "500", "goal: 30"]),
		);
		expect(own({ metric: "validation.f1", atLeast: 0.9 }, (step) => 1 - 1 / (step + 1))).toEqual(
			expect.arrayContaining(["held-out, median run", "0.6", "0.8"]),
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
