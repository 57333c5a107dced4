import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { noiseScaleChart } from "./noise-scale-chart.js";

const { findings } = exampleStudy();

describe("noiseScaleChart", () => {
	test("has a panel for each probed size, with the run's mean, or that it is unknown", () => {
		const texts = textsOf(noiseScaleChart(canvasOf(), findings));
		expect(texts.filter((text) => text.startsWith("batch size"))).toHaveLength(12);
		expect(texts.filter((text) => text === "mean: cannot tell")).toHaveLength(2);
		expect(texts.filter((text) => /^mean [\d.]+ \[/.test(text))).toHaveLength(10);
	});

	test("marks where the signal is lost instead of drawing a value", () => {
		const svg = noiseScaleChart(canvasOf(), findings);
		const probes = findings.noiseScales.flatMap((run) => run.local);
		const lost = probes.filter((probe) => probe.noiseScale.estimate === null);
		expect(svg.querySelectorAll('g[aria-label="dot"] circle')).toHaveLength(probes.length - lost.length);
		expect(svg.querySelectorAll('g[aria-label="dot"] path')).toHaveLength(lost.length);
		expect(svg.outerHTML).not.toContain("NaN");
	});

	test("draws an open interval to the edge, and no critical batch size where there is none", () => {
		const unknown = { estimate: null, low: null, high: null };
		const open = findings.noiseScales.map((run) => ({
			...run,
			local: run.local.map((place) => ({ ...place, noiseScale: { ...place.noiseScale, high: null } })),
		}));
		const svg = noiseScaleChart(canvasOf(), { ...findings, noiseScales: open, fit: { ...findings.fit, criticalBatchSize: unknown } });
		expect(svg.outerHTML).not.toContain("NaN");
		expect(textsOf(svg).join()).not.toContain("critical");
	});
});
