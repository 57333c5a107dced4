import { expect, test } from "vitest";
import { figuresOf } from "../../src/experiments/learning-rate/figures.js";
import { trainToEnd } from "../../src/experiments/learning-rate/tasks.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, made } from "./made/learning-rate.js";

const { conclude, settings } = asked;

const concluded = (exponent: number, reach: number) => {
	const results = made(exponent, reach);
	const { words, claims } = conclude(results);
	return { figures: figuresOf(settings, results), words, verdict: claims[0].verdict };
};

test.each([
	[0, "no scaling"],
	[0.5, "the square root"],
	[1, "the linear rule"],
])("a best rate that grows as B to the power %d is found, and the rule named", (exponent, rule) => {
	const { figures, words } = concluded(exponent, 1);
	expect(figures.exponent.estimate).toBeCloseTo(exponent, 10);
	expect(words[1]).toContain(rule);
	expect(figures.best.map(({ chosen }) => chosen)).toEqual(settings.batchSizes.map((size) => 0.25 * (size / 64) ** exponent));
	const fitting = figures.rules.find((one) => one.exponent === exponent);
	expect(fitting?.loss).toEqual({ estimate: 0, low: 0, high: 0 });
});

test("tenfold the rate restores the distance if it goes ten times as far, and not if it goes half as far", () => {
	expect(concluded(0.5, 0.1).figures.restored[0].after.estimate).toBeCloseTo(1, 10);
	expect(concluded(0.5, 0.1).verdict).toBe("supported");
	expect(concluded(0.5, 0.05).verdict).toBe("refuted");
});

test("a run of whole batches ends after its epochs; one that diverges is reported as such", async () => {
	const task = { workload: settings.workload, batchSize: 1024, learningRate: 0.25, epochs: 2, seed: 1 };
	const { end } = await trainToEnd(task, { read: readBytes });
	expect(end?.distance).toBeGreaterThan(0);
	// Two plain steps of the mean gradient, norm below 5 at these weights.
	expect(end?.distance).toBeLessThan(2 * 0.25 * 5);
	expect((await trainToEnd({ ...task, learningRate: 1e30 }, { read: readBytes })).end).toBeNull();
});
