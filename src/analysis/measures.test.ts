import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import type { ReportedRun } from "./findings.js";
import { Measures } from "./measures.js";
import { scoreDraws } from "./objective.js";

const batchSize = 8;
const run = (seedIndex: number, after: number, step: number | null): ReportedRun => ({
	seedIndex,
	after,
	step,
	examples: step === null ? null : step * batchSize,
	first: step,
});
const of = (runs: readonly ReportedRun[], looksRatio: number | null = 1.05) =>
	new Measures(Rng.fromSeed(1), null, looksRatio).of(batchSize, runs);

describe("looks that come late", () => {
	/** Seven runs that met the goal at the third report, once an epoch of 188 steps. */
	const epochs = Array.from({ length: 7 }, (_, i) => run(i, 376, 564));

	test("runs that agree on a report are known no better than to the report before", () => {
		const { steps, examples, firstSteps } = of(epochs);
		// The place within the look is even: 2.5 % of 188 steps remain at the low end, give or take three standard errors of a quantile of
		// 2,000 draws, 2 steps.
		expect(steps.summary).toMatchObject({ median: 564, high: 564 });
		expect(Math.abs((steps.summary.low ?? 0) - (376 + 0.025 * 188))).toBeLessThan(2);
		expect(examples.summary.low).toBeCloseTo(8 * (steps.summary.low ?? 0), 6);
		expect(firstSteps.summary.low).toBeCloseTo(steps.summary.low ?? 0, 6);
	});

	test("the first report may have come any time after the goal was met", () => {
		const { low } = of(Array.from({ length: 7 }, (_, i) => run(i, 0, 188))).steps.summary;
		expect(low).toBeGreaterThan(1);
		expect(low).toBeLessThan(10);
	});

	test("more runs do not narrow what the looks leave open", () => {
		const measures = of(epochs);
		const [few, many] = [scoreDraws("cheapest", measures), scoreDraws("cheapest", measures, 0.1)];
		expect(Math.max(...few.map((draw, r) => Math.abs(draw - many[r])))).toBeLessThan(1e-6); // of some 4,000 examples: rounding
	});

	test("looks that came when they were due, and runs that missed the goal, are as they were", () => {
		// After 100 steps the next look is due at 105.
		const due = [100, 105, 110, 115, 120, 126, 132].map((after, i) => run(i, after, Math.floor(after * 1.05)));
		expect(of(due)).toEqual(of(due, null));
		const missed = Array.from({ length: 7 }, (_, i) => (i < 5 ? run(i, 400, null) : run(i, 376, 564)));
		expect(of(missed).steps.summary).toMatchObject({ median: null, high: null });
		expect(of(missed).steps.summary.low).toBeGreaterThan(376);
	});
});

test("the time of a step is resampled once for each batch size, however often it is asked for", () => {
	const calibration = { machine: "", stepTimes: [{ batchSize, passes: [0.01, 0.011, 0.012] }] };
	const measures = new Measures(Rng.fromSeed(1), calibration, null);
	expect(measures.secondsPerStep(batchSize)).toBe(measures.secondsPerStep(batchSize));
	expect(measures.secondsPerStep(batchSize)?.value).toBe(0.011);
	expect(measures.secondsPerStep(16)).toBeNull();
});
