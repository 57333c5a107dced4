import { describe, expect, test } from "vitest";
import type { FinishedTrial, NoiseProbe } from "../core/trial.js";
import { gradientMoments, localNoiseScale, noiseScaleOf } from "./noise-scale.js";

/** Six examples with two parameters: few enough to look at every way to draw groups from them. */
const gradients = [
	[3, -1],
	[0, 2],
	[-1, 4],
	[5, 0.5],
	[1, 1],
	[2, -2],
];
const dot = (v: readonly number[], w: readonly number[]) => v.reduce((sum, x, j) => sum + x * w[j], 0);
const squaredNorm = (v: readonly number[]) => dot(v, v);
const meanOf = (rows: readonly (readonly number[])[]) => [0, 1].map((j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);

const G = meanOf(gradients);
const truth = {
	signal: squaredNorm(G),
	variance: gradients.reduce((sum, g) => sum + squaredNorm([g[0] - G[0], g[1] - G[1]]), 0) / (gradients.length - 1),
};

/** The probe of these groups of examples. */
function probeOf(groups: readonly (readonly (readonly number[])[])[], step = 0): NoiseProbe {
	const means = groups.map(meanOf);
	return {
		step,
		groupSize: groups[0].length,
		squaredNormSums: groups.map((group) => group.reduce((sum, g) => sum + squaredNorm(g), 0)),
		gram: means.flatMap((mean) => means.map((other) => dot(mean, other))),
	};
}

/** Every order of `size` of the rows. */
function* orders(size: number, rows = gradients): Generator<number[][]> {
	if (size === 0) yield [];
	else
		for (const [i, row] of rows.entries()) {
			const others = [...rows.slice(0, i), ...rows.slice(i + 1)];
			for (const rest of orders(size - 1, others)) yield [row, ...rest];
		}
}

const cut = (rows: readonly number[][], groupSize: number) =>
	Array.from({ length: rows.length / groupSize }, (_, k) => rows.slice(k * groupSize, (k + 1) * groupSize));

describe("gradientMoments", () => {
	test.each([
		[2, 1],
		[1, 2],
		[2, 2],
		[4, 1],
		[2, 3],
	])("is unbiased: the mean over every draw of %i groups of %i is the truth", (groups, groupSize) => {
		const all = [...orders(groups * groupSize)].map((rows) => gradientMoments(probeOf(cut(rows, groupSize)), 6));
		const mean = (key: "signal" | "variance") => all.reduce((sum, moments) => sum + moments[key], 0) / all.length;
		expect(mean("variance")).toBeCloseTo(truth.variance, 11);
		expect(mean("signal")).toBeCloseTo(truth.signal, 11);
	});

	test("leaves out a group as if it had not been drawn", () => {
		const groups = cut(gradients, 2);
		const without = gradientMoments(probeOf(groups), 6, 1);
		const alone = gradientMoments(probeOf([groups[0], groups[2]]), 6);
		expect(without.signal).toBeCloseTo(alone.signal, 12);
		expect(without.variance).toBeCloseTo(alone.variance, 12);
	});

	test("keeps a negative signal: clamping it would bias the average", () => {
		expect(gradientMoments(probeOf([[[1, 0]], [[-1, 0]]]), 100).signal).toBeLessThan(0);
	});

	test("refuses a probe of one example", () => {
		expect(() => gradientMoments(probeOf([[[1, 0]]]), 5)).toThrow(/internal: .* got 1/);
	});
});

describe("localNoiseScale", () => {
	test("is exact, without width, where the whole training set was probed", () => {
		for (const groupSize of [1, 2, 3, 6]) {
			const { noiseScale, signal, variance } = localNoiseScale(probeOf(cut(gradients, groupSize)), 6);
			expect(signal).toBeCloseTo(truth.signal, 12);
			expect(variance).toBeCloseTo(truth.variance, 12);
			expect(noiseScale.estimate).toBeCloseTo(truth.variance / truth.signal, 12);
			expect(noiseScale.low).toBeCloseTo(noiseScale.estimate ?? Number.NaN, 12);
			expect(noiseScale.high).toBeCloseTo(noiseScale.estimate ?? Number.NaN, 12);
		}
	});

	test("cannot tell where the signal is negative, or its own interval holds 0", () => {
		const nothing = { estimate: null, low: null, high: null };
		expect(localNoiseScale(probeOf([[[1, 0]], [[-1, 0]], [[0, 1]], [[0, -1]]]), 100).noiseScale).toEqual(nothing);
		expect(localNoiseScale(probeOf([[[3, 0]], [[-1, 0]], [[1, 1]], [[2, -1]]]), 100).noiseScale).toEqual(nothing);
	});

	test("cannot tell from a single group how sure it is", () => {
		expect(localNoiseScale(probeOf([gradients.slice(0, 4)]), 6).noiseScale.estimate).toBeNull();
	});

	test("has the ends at which variance − ρ·signal is t standard errors from 0, the errors by another way: pseudo-values", () => {
		const rows = Array.from({ length: 12 }, (_, i) => [4 + Math.sin(3 * i), Math.cos(5 * i)]);
		const groups = cut(rows, 2);
		const probe = probeOf(groups);
		const { noiseScale } = localNoiseScale(probe, 40);
		const t = 2.5706; // five degrees of freedom
		for (const end of [noiseScale.low ?? 0, noiseScale.high ?? 0]) {
			const statistic = (kept: typeof groups) => {
				const { signal, variance } = gradientMoments(probeOf(kept), 40);
				return variance - end * signal;
			};
			const pseudo = groups.map((group) => 6 * statistic(groups) - 5 * statistic(groups.filter((other) => other !== group)));
			const mean = pseudo.reduce((sum, x) => sum + x, 0) / 6;
			const error = Math.sqrt((pseudo.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (6 * 5)) * (1 - 12 / 40));
			expect(Math.abs(statistic(groups)) / error / t).toBeCloseTo(1, 3);
		}
	});
});

describe("noiseScaleOf", () => {
	const finished = (probes: readonly NoiseProbe[]): FinishedTrial => ({
		spec: {
			phase: "reporting",
			batchSize: 32,
			learningRate: 0.5,
			seedIndex: 0,
			seed: 1,
			cap: 100,
			until: "goal",
			curves: true,
			probe: true,
		},
		result: {
			outcome: "reached",
			steps: 100,
			examples: 3200,
			first: null,
			reached: null,
			evaluations: [],
			probes,
			seconds: 0,
			message: null,
		},
	});
	const clear = probeOf(
		cut(
			Array.from({ length: 12 }, (_, i) => [4 + Math.sin(3 * i), Math.cos(5 * i)]),
			2,
		),
		1,
	);
	const clearer = probeOf(
		cut(
			Array.from({ length: 12 }, (_, i) => [9 + Math.sin(2 * i), Math.cos(7 * i)]),
			2,
		),
		10,
	);
	const lost = probeOf([[[1, 0]], [[-1, 0]], [[0, 1]], [[0, -1]]], 100);

	test("averages the local values over steps, their distances to their ends as squares", () => {
		const { mean, local } = noiseScaleOf(finished([clear, clearer]), 40);
		const [a, b] = local.map(({ noiseScale: { estimate, low, high } }) => ({ at: estimate ?? 0, low: low ?? 0, high: high ?? 0 }));
		expect(mean.estimate).toBeCloseTo((a.at + b.at) / 2, 12);
		expect(mean.high).toBeCloseTo((a.at + b.at) / 2 + Math.hypot(a.high - a.at, b.high - b.at) / 2, 12);
		expect(mean.low).toBeCloseTo((a.at + b.at) / 2 - Math.hypot(a.at - a.low, b.at - b.low) / 2, 12);
		expect(local.map(({ step }) => step)).toEqual([1, 10]);
	});

	test("does not know the mean where one local value is unknown", () => {
		const { mean, local } = noiseScaleOf(finished([clear, lost]), 40);
		expect(mean).toEqual({ estimate: null, low: null, high: null });
		expect(local[0].noiseScale.estimate).not.toBeNull();
	});
});

describe("where single examples have no gradients", () => {
	test("the moments are those that gradients at two batch sizes give, unbiased over every way to draw groups", () => {
		// Groups' gradients as a mini-batch normalized on its own has them: the mean of what its examples would have; none is known for them.
		const examples = Array.from({ length: 8 }, (_, i) => [3 + Math.sin(3 * i), Math.cos(5 * i) - 1]);
		const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, j) => sum + x * b[j], 0);
		const meanOf = (rows: readonly (readonly number[])[]) => [0, 1].map((j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
		const G = meanOf(examples);
		const spread = examples.reduce((sum, g) => sum + dot(g, g) - dot(G, G), 0) / 7;
		const found: { signal: number; variance: number }[] = [];
		for (let a = 0; a < 8; a++)
			for (let b = a + 1; b < 8; b++)
				for (let c = 0; c < 8; c++)
					for (let d = c + 1; d < 8; d++) {
						if (new Set([a, b, c, d]).size < 4) continue;
						const means = [meanOf([examples[a], examples[b]]), meanOf([examples[c], examples[d]])];
						const gram = means.flatMap((one) => means.map((other) => dot(one, other)));
						const probe = { step: 0, groupSize: 2, squaredNormSums: [], gram };
						const moments = gradientMoments(probe, 8);
						const small = (gram[0] + gram[3]) / 2;
						const big = gram.reduce((sum, x) => sum + x, 0) / 4;
						expect(moments.variance).toBeCloseTo((small - big) / (1 / 2 - 1 / 4), 12);
						found.push(moments);
					}
		const mean = (key: "signal" | "variance") => found.reduce((sum, moments) => sum + moments[key], 0) / found.length;
		expect(mean("variance")).toBeCloseTo(spread, 12);
		expect(mean("signal")).toBeCloseTo(dot(G, G), 12);
	});

	test("a single group shows no variance, and the whole training set is no exact answer", () => {
		const probe = { step: 0, groupSize: 4, squaredNormSums: [], gram: [1] };
		expect(() => gradientMoments(probe, 8)).toThrow("internal: a probe needs two groups to show a variance, got 1");
		const gram = [1.1, 1, 0.9, 1, 1.2, 1, 0.9, 1, 1.3];
		const { noiseScale } = localNoiseScale({ ...probe, gram }, 12);
		expect(noiseScale.high === null || (noiseScale.low ?? 0) < noiseScale.high).toBe(true);
	});
});
