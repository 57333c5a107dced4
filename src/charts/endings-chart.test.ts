import { expect, test } from "vitest";
import { canvasOf } from "../../test/fixtures/canvas.js";
import type { HorizonRun } from "../core/horizon.js";
import { endingsChart } from "./endings-chart.js";

const goal = { metric: "validation.loss", best: "lowest", horizon: { epochs: 8 }, give: 0.01, window: 1 } as const;
const run = (batchSize: number, learningRate: number, steps: number, value: number | null): HorizonRun => ({
	...{ batchSize, learningRate, steps, share: 1 / 8 },
	end: value === null ? { kind: "diverged" } : { kind: "value", value },
});
const dots = (svg: SVGSVGElement) => [...svg.querySelectorAll("[aria-label=dot] circle")].length;

test("one dot for each batch size and length that ended, the best of its rates, with fresh seeds in its place", () => {
	const runs = [run(8, 0.1, 100, 0.4), run(8, 0.2, 100, 0.3), run(8, 0.1, 200, 0.2), run(32, 0.4, 25, 0.5), run(32, 3, 50, null)];
	expect(dots(endingsChart(canvasOf(), goal, { runs, fresh: [] }))).toBe(3);
	const fresh = [{ batchSize: 8, steps: 800, end: { estimate: 0.1, low: 0.09, high: 0.11 } }];
	const svg = endingsChart(canvasOf(), goal, { runs, fresh });
	expect(dots(svg)).toBe(4);
	expect(svg.textContent).toContain("validation loss at the end");
	const again = { runs: [...runs, run(8, 0.1, 800, 0.05)], fresh };
	expect(dots(endingsChart(canvasOf(), goal, again))).toBe(4);
});

test("a goal with a value is a line across", () => {
	const value = { metric: "validation.accuracy", atLeast: 0.9, window: 1 };
	const svg = endingsChart(canvasOf(), value, { runs: [run(8, 0.1, 100, 0.8), run(8, 0.1, 200, 0.95)], fresh: [] });
	expect(svg.textContent).toContain("goal");
});
