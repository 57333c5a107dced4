import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Measures } from "./measures.js";
import type { Candidate } from "./objective.js";
import type { Objective } from "./objectives.js";
import { recommend } from "./recommend.js";

/** A batch size as the tests tell it: steps of each run (∞: censored) and seconds per step of each pass. */
interface KnownSize {
	readonly batchSize: number;
	readonly steps: readonly number[];
	readonly passes: readonly number[];
}

function candidatesOf(sizes: readonly KnownSize[], calibrated = true, seed = 1): Candidate[] {
	const calibration = { machine: "none", stepTimes: sizes };
	const measures = new Measures(Rng.fromSeed(seed), calibrated ? calibration : null, null);
	return sizes.map(({ batchSize, steps }) => ({
		batchSize,
		learningRate: batchSize / 100,
		measures: measures.of(
			batchSize,
			steps.map((step, seedIndex) => {
				const reached = step < Number.POSITIVE_INFINITY;
				return { seedIndex, after: 0, step: reached ? step : null, examples: reached ? step * batchSize : null, first: step };
			}),
		),
	}));
}

const lognormal = (count: number, rng: Rng): number[] =>
	Array.from({ length: count }, () => Math.round(500 * Math.exp(0.4 * rng.normal())));

const choose = (objective: Objective, sizes: readonly KnownSize[], change: Partial<Parameters<typeof recommend>[1]> = {}) =>
	recommend(objective, { candidates: candidatesOf(sizes), open: [], tolerance: 0.25, reportingSeeds: 7, ...change });

/** Seven runs within `spread` of a median, seven passes within a hundredth of theirs. */
const size = (batchSize: number, steps: number, secondsPerStep: number, spread = 0.03): KnownSize => ({
	batchSize,
	steps: [-3, -2, -1, 0, 1, 2, 3].map((k) => steps * (1 + (spread * k) / 3)),
	passes: [0.99, 1, 1.01].map((factor) => factor * secondsPerStep),
});

describe("recommend", () => {
	const hyperbola = [1, 4, 16, 64, 256].map((batchSize) => size(batchSize, 100 * (1 + 16 / batchSize), 0.001 * (1 + batchSize / 64)));

	test("takes the least time, the least examples, or the least geometric mean of both", () => {
		// T in ms: 1726, 531, 250, 250, 531; E: 1700, 2000, 3200, 8000, 27200; √(TE): 1713, 1031, 894, 1414, 3801.
		expect(choose("cheapest", hyperbola)).toMatchObject({ verdict: "found", batchSize: 1, learningRate: 0.01 });
		expect([16, 64]).toContain(choose("fastest", hyperbola).batchSize);
		const balanced = choose("balanced", hyperbola);
		expect(balanced).toMatchObject({ verdict: "found", objective: "balanced", batchSize: 16, indistinguishable: [16], next: [] });
		expect(balanced.withinTolerance).toBe(1);
		expect(balanced.seconds.median).toBeCloseTo(0.25, 12);
		expect(balanced.examples.median).toBe(3200);
		expect(balanced.neighbours.map(({ batchSize }) => batchSize)).toEqual([4, 64]);
		expect(balanced.neighbours[0].steps.estimate).toBeCloseTo(2.5, 12);
		expect(balanced.neighbours[0].steps.low).toBeGreaterThan(2.3);
		expect(balanced.neighbours[0].steps.high).toBeLessThan(2.7);
	});

	test("is found where neighbours can't be told apart, and names them", () => {
		expect(choose("fastest", hyperbola)).toMatchObject({ verdict: "found", indistinguishable: [16, 64] });
	});

	test("is undecided where another may be better by more than the tolerance, and says how many runs would do", () => {
		const noisy = [size(8, 100, 0.001, 0.9), size(64, 100, 0.0012, 0.9)];
		const { verdict, withinTolerance, next } = choose("fastest", noisy);
		expect(verdict).toBe("undecided");
		expect(withinTolerance).toBeLessThan(0.95);
		expect(next.map(({ batchSize }) => batchSize)).toEqual([8, 64]);
		expect(next[0].runs).toBeGreaterThan(0);
		expect(next[0].runs).toBe(next[1].runs);
		// Twice the noise takes more.
		const calmer = choose("fastest", [size(8, 100, 0.001, 0.7), size(64, 100, 0.0012, 0.7)]);
		expect(calmer.next[0]?.runs ?? 0).toBeLessThan(next[0].runs);
	});

	test("asks for enough runs: most studies of two equal sizes are decided once they have them", () => {
		let undecided = 0;
		let decided = 0;
		for (let seed = 1; seed <= 25; seed++) {
			const rng = Rng.fromSeed(seed);
			const sizes: KnownSize[] = [8, 64].map((batchSize) => ({ batchSize, steps: lognormal(7, rng), passes: [0.001] }));
			const { next } = choose("fastest", sizes);
			if (next.length === 0) continue;
			undecided++;
			const more = sizes.map((size) => ({ ...size, steps: [...size.steps, ...lognormal(next[0].runs, rng)] }));
			if (choose("fastest", more).verdict === "found") decided++;
		}
		expect(undecided).toBeGreaterThan(10);
		// 14 of 19 when written: how many runs it takes is itself judged by the scatter of seven.
		expect(decided / undecided).toBeGreaterThan(0.66);
	});

	test("one run a size shows no spread, and settles nothing", () => {
		const alone = choose("cheapest", [
			{ batchSize: 8, steps: [100], passes: [0.001] },
			{ batchSize: 64, steps: [900], passes: [0.001] },
		]);
		expect(alone).toMatchObject({
			verdict: "undecided",
			batchSize: 8,
			next: [
				{ batchSize: 8, runs: 6 },
				{ batchSize: 64, runs: 6 },
			],
		});
	});

	test("never takes a size that another beats in time and in examples, nor one that wasn't tried", () => {
		const anySize = fc.record({
			steps: fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 5000 }) }, fc.constant(Number.POSITIVE_INFINITY)), {
				minLength: 1,
				maxLength: 7,
			}),
			passes: fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
		});
		fc.assert(
			fc.property(
				fc.array(anySize, { minLength: 1, maxLength: 5 }),
				fc.constantFrom("fastest", "cheapest", "balanced"),
				(drawn, objective: Objective) => {
					const candidates = candidatesOf(drawn.map((one, k) => ({ ...one, batchSize: 4 ** k }))).filter(
						({ measures }) => measures.steps.value < Number.POSITIVE_INFINITY,
					);
					const found = recommend(objective, { candidates, open: [], tolerance: 0.25, reportingSeeds: 7 });
					if (candidates.length === 0) {
						expect(found).toMatchObject({ verdict: "not reached", batchSize: null });
						return;
					}
					const best = candidates.find(({ batchSize }) => batchSize === found.batchSize);
					expect(best).toBeDefined();
					expect(found.indistinguishable).toContain(found.batchSize);
					for (const { measures } of candidates) {
						const faster = (measures.seconds?.value ?? 0) < (best?.measures.seconds?.value ?? 0);
						expect(faster && measures.examples.value < (best?.measures.examples.value ?? 0)).toBe(false);
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	test("of equal times takes fewer examples", () => {
		const equal = [size(1, 100, 0.002, 0), size(2, 100, 0.002, 0)];
		expect(choose("fastest", equal).batchSize).toBe(1);
		expect(choose("fastest", [...equal].reverse()).batchSize).toBe(1);
	});

	test("without seconds knows only the cheapest", () => {
		const uncalibrated = { candidates: candidatesOf(hyperbola, false) };
		expect(choose("cheapest", hyperbola, uncalibrated)).toMatchObject({ verdict: "found", batchSize: 1, seconds: { median: null } });
		for (const objective of ["fastest", "balanced"] as const) {
			expect(choose(objective, hyperbola, uncalibrated)).toMatchObject({ verdict: "undecided", batchSize: null, withinTolerance: null });
		}
	});

	test("finds nothing while sizes are open, and asks for their reporting runs", () => {
		const open = [
			{ batchSize: 2, learningRate: 0.5 },
			{ batchSize: 1024, learningRate: null },
		];
		expect(choose("balanced", hyperbola, { open })).toMatchObject({
			verdict: "undecided",
			batchSize: 16,
			next: [{ batchSize: 2, learningRate: 0.5, runs: 7 }],
		});
		expect(choose("balanced", [], { candidates: [], open })).toMatchObject({ verdict: "undecided", batchSize: null });
	});

	test("is not reached where no size reached the goal", () => {
		expect(choose("balanced", [])).toMatchObject({
			verdict: "not reached",
			batchSize: null,
			indistinguishable: [],
			neighbours: [],
			next: [],
		});
	});
});
