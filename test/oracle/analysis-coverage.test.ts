import { describe, expect, test } from "vitest";
import { medianInterval } from "../../src/analysis/bootstrap.js";
import { localNoiseScale } from "../../src/analysis/noise-scale.js";
import { Rng } from "../../src/core/rng.js";
import { crossingOf } from "../fixtures/lognormal-runs.js";

/** How often an interval that may be open holds the truth. */
const holds = ({ low, high }: { readonly low: number | null; readonly high: number | null }, truth: number): boolean =>
	(low === null || low <= truth) && (high === null || truth <= high);

describe("the interval of a median of log-normal runs", () => {
	const studies = 800;
	const coverage = (runs: number, of: (draw: number) => number, truth: number): number => {
		const rng = Rng.fromSeed(runs);
		let covered = 0;
		for (let study = 0; study < studies; study++) {
			const values = Array.from({ length: runs }, () => of(1000 * Math.exp(0.2 * rng.normal())));
			if (holds(medianInterval(values, "log", rng.split(study)), truth)) covered++;
		}
		return covered / studies;
	};

	/*
	 * Measured with 2,000 studies each, runs that scatter by 0.2: 3 runs 94.7 %, 4: 95.7, 5: 94.9, 6: 94.9, 7: 95.2, 8: 95.4, 10: 95.6, 15:
	 * 95.1; of 2 runs 88.7 % (two values can't tell how far they scatter). Resampling with replacement would give 87.5 % at 7 runs, exactly.
	 * The standard error of a coverage over 800 studies is 0.77 %; the bounds are three of them.
	 */
	test.each([3, 5, 7, 10])("holds the true median of %i runs in 95 of 100 studies", (runs) => {
		const measured = coverage(runs, (draw) => draw, 1000);
		expect(measured).toBeGreaterThan(0.926);
		expect(measured).toBeLessThan(0.974);
	});

	test("holds it as well where runs are seen at looks, a twentieth apart", () => {
		// The median look: of a draw of exactly 1,000. Ties between looks make the interval wider, never narrower.
		const measured = coverage(7, (draw) => crossingOf(draw, 1.05).step, crossingOf(1000, 1.05).step);
		expect(measured).toBeGreaterThan(0.926);
	});
});

describe("the interval of the local noise scale", () => {
	const dot = (v: readonly number[], w: readonly number[]) => v.reduce((sum, x, j) => sum + x * w[j], 0);

	/** A population of gradients with 20 parameters, every third with a mean, every second with twice the noise. */
	function population(size: number, mean: number, rng: Rng) {
		const gradients = Array.from({ length: size }, () =>
			Array.from({ length: 20 }, (_, j) => (j % 3 === 0 ? mean : 0) + rng.normal() * (1 + (j % 2))),
		);
		const G = Array.from({ length: 20 }, (_, j) => gradients.reduce((sum, g) => sum + g[j], 0) / size);
		const variance = gradients.reduce((sum, g) => sum + dot(g, g) - dot(G, G), 0) / (size - 1);
		return { gradients, truth: variance / dot(G, G) };
	}

	/*
	 * Measured with 1,000 probes each, N = 500: 8 groups of 32 at B_simple 73: 96.3 %; 16 of 8 at 43: 95.6 %; 8 of 8 at 28: 96.4 % of the 81
	 * % that are known; 4 of 32 at 43: 94.1 % of 76 %. Where hardly any are known (8 of 8 at 144: 4 %), those few are the luckiest draws, and
	 * 85 % hold the truth.
	 */
	test.each([
		[8, 32, 0.3, 0.99],
		[16, 8, 0.4, 0.98],
		[8, 8, 0.5, 0.7],
	])("of %i groups of %i holds the truth in 95 of 100 probes that give one", (groups, groupSize, mean, leastKnown) => {
		const rng = Rng.fromSeed(1);
		const { gradients, truth } = population(500, mean, rng);
		const probes = 400;
		let known = 0;
		let covered = 0;
		for (let probe = 0; probe < probes; probe++) {
			const order = Int32Array.from(gradients, (_, i) => i);
			rng.shuffle(order);
			const drawn = Array.from({ length: groups }, (_, k) =>
				[...order.subarray(k * groupSize, (k + 1) * groupSize)].map((i) => gradients[i]),
			);
			const means = drawn.map((group) => group[0].map((_, j) => group.reduce((sum, g) => sum + g[j], 0) / groupSize));
			const { noiseScale } = localNoiseScale(
				{
					step: 0,
					groupSize,
					squaredNormSums: drawn.map((group) => group.reduce((sum, g) => sum + dot(g, g), 0)),
					gram: means.flatMap((one) => means.map((other) => dot(one, other))),
				},
				500,
			);
			if (noiseScale.estimate === null) continue;
			known++;
			if (holds(noiseScale, truth)) covered++;
		}
		expect(known / probes).toBeGreaterThan(leastKnown);
		// Three standard errors of 400 probes are 3.3 %.
		expect(covered / known).toBeGreaterThan(0.917);
		expect(covered / known).toBeLessThan(0.99);
	});
});
