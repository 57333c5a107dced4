import { describe, expect, test } from "vitest";
import { gradientMoments } from "../../src/analysis/noise-scale.js";
import { Rng } from "../../src/core/rng.js";
import { type Quadratic, quadratic } from "../../src/data/oracles/quadratic.js";
import { OracleMachinery } from "../../src/trainers/oracle/machinery.js";
import { QuadraticOracle } from "../../src/trainers/oracle/quadratic.js";
import { type Descent, QuadraticMoments, stationaryLoss, stepsToExpectedLoss } from "../../src/trainers/oracle/quadratic-moments.js";
import { trainerOn } from "../../src/trainers/trainer.js";
import { oracleStudy, resultOf, trialSpec } from "../fixtures/oracle-study.js";

const settings = { dimensions: 8, condition: 30, noise: 2 };
const problem = quadratic(settings);

/** The real trainer on the quadratic above, looking as often as `ratio` says. */
async function trainer(momentum: number, ratio: number, atMost = 0) {
	const workload = { data: { quadratic: settings }, optimizer: { name: "sgd", momentum } };
	const study = await oracleStudy(workload, { looks: { ratio }, goal: { metric: "train.loss", atMost } });
	return trainerOn(new OracleMachinery(new QuadraticOracle(problem), { optimizer: { name: "sgd", momentum } }), study);
}

test("curvatures fall geometrically from 1 to 1/κ, and the noise has their shape", () => {
	const { curvatures, variances } = problem;
	expect(curvatures[0]).toBe(1);
	expect(curvatures[7]).toBeCloseTo(1 / 30, 15);
	for (let i = 1; i < 8; i++) expect(curvatures[i] / curvatures[i - 1]).toBeCloseTo(30 ** (-1 / 7), 14);
	expect(variances).toEqual(curvatures.map((h) => 2 * h));
	expect([...quadratic({ dimensions: 1, condition: 30, noise: 1 }).curvatures]).toEqual([1]);
});

describe("the moments", () => {
	const descent: Descent = { batchSize: 4, learningRate: 0.3, momentum: 0.7 };

	test("without noise are those of a single run, written out", () => {
		const silent: Quadratic = { ...problem, variances: problem.variances.map(() => 0) };
		const moments = new QuadraticMoments(silent, descent);
		const x = silent.curvatures.map(() => 1);
		const v = silent.curvatures.map(() => 0);
		for (let step = 0; step < 50; step++) {
			moments.step();
			for (const [i, h] of silent.curvatures.entries()) {
				v[i] = 0.7 * v[i] + h * x[i];
				x[i] -= 0.3 * v[i];
			}
			const loss = silent.curvatures.reduce((sum, h, i) => sum + 0.5 * h * x[i] * x[i], 0);
			expect(moments.expectedLoss).toBeCloseTo(loss, 12);
		}
	});

	test.each([0, 0.7, 0.9])("end at the stationary loss, momentum %d", (momentum) => {
		const moments = new QuadraticMoments(problem, { ...descent, momentum });
		for (let step = 0; step < 5000; step++) moments.step();
		expect(moments.expectedLoss).toBeCloseTo(stationaryLoss(problem, { ...descent, momentum }), 12);
	});

	test("know no stationary loss above the largest stable rate", () => {
		expect(stationaryLoss(problem, { ...descent, learningRate: 3.5 })).toBe(Number.POSITIVE_INFINITY);
		expect(stepsToExpectedLoss(problem, { ...descent, learningRate: 3.5 }, 0.1, 1000)).toBeNull();
	});
});

/*
 * The mean of n losses has the standard error √(variance/n), variance from the recursion itself. Looks of one run are correlated; 4.5
 * standard errors allow for some 60 of them in each of four settings (a normal draw beyond 4.5: 7e-6).
 */
test.each<[number, number, number]>([
	[1, 2 ** -5, 0],
	[1, 2 ** -7, 0.9],
	[16, 2 ** -2, 0.5],
	[1024, 1, 0.9],
])(
	"the mean loss of 1,500 runs is the recursion's at every look: batch size %i, rate %d, momentum %d",
	async (batchSize, learningRate, momentum) => {
		const trained = await trainer(momentum, 1.05);
		const runs = 1500;
		const sums = new Map<number, number>();
		for (let seed = 0; seed < runs; seed++) {
			const { evaluations } = await resultOf(trained, trialSpec({ batchSize, learningRate, seed, cap: 120 }));
			for (const { step, metrics } of evaluations) sums.set(step, (sums.get(step) ?? 0) + (metrics["train.loss"] ?? Number.NaN));
		}
		const moments = new QuadraticMoments(problem, { batchSize, learningRate, momentum });
		for (let step = 1; step <= 120; step++) {
			moments.step();
			const sum = sums.get(step);
			if (sum === undefined) continue;
			expect(Math.abs(sum / runs - moments.expectedLoss)).toBeLessThan(4.5 * Math.sqrt(moments.lossVariance / runs));
		}
		expect(sums.size).toBeGreaterThan(40);
	},
);

/** First passages of single runs, by the plainest simulation there is: nothing of the trainer's. */
function firstPassages({ batchSize, learningRate, momentum }: Descent, goal: number, runs: number, rng: Rng): number[] {
	const { curvatures, variances } = problem;
	return Array.from({ length: runs }, () => {
		const x = Array.from(curvatures, () => rng.normal());
		const v = x.map(() => 0);
		for (let step = 1; ; step++) {
			for (const [i, h] of curvatures.entries()) {
				v[i] = momentum * v[i] + h * x[i] + Math.sqrt(variances[i] / batchSize) * rng.normal();
				x[i] -= learningRate * v[i];
			}
			if (x.reduce((sum, xi, i) => sum + 0.5 * curvatures[i] * xi * xi, 0) <= goal) return step;
		}
	});
}

test.each<[number, number, number]>([
	[1, 2 ** -5, 0],
	[64, 2 ** -3, 0.9],
])(
	"first passages of single runs are those of a plain simulation, and others than that of the expected loss: batch size %i",
	async (batchSize, learningRate, momentum) => {
		const descent = { batchSize, learningRate, momentum };
		const goal = 0.1;
		const runs = 1001;
		const simulated = firstPassages(descent, goal, runs, Rng.fromSeed(7)).sort((a, b) => a - b);
		const trained = await trainer(momentum, 1, goal);
		const steps: number[] = [];
		for (let seed = 0; seed < runs; seed++) {
			steps.push(
				(await resultOf(trained, trialSpec({ batchSize, learningRate, seed, cap: 5000 }))).first?.step ?? Number.POSITIVE_INFINITY,
			);
		}
		const median = simulated[runs >> 1];
		const share = steps.reduce((sum, step) => sum + (step < median ? 1 : step === median ? 0.5 : 0), 0) / runs;
		// The share of n draws below the median of m others has a standard error of √(¼(1/n + 1/m)) = 0.022; four of them.
		expect(Math.abs(share - 0.5)).toBeLessThan(0.09);
		expect(stepsToExpectedLoss(problem, descent, goal, 5000) ?? 0).toBeGreaterThan(1.15 * median);
	},
);

/*
 * Normal gradients, n of them: their sample variance summed over weights has variance 2Σc²/(n−1), is independent of their mean, and the
 * signal
 * |mean|² − variance/n has variance 4Σ(hx)²c/n + 2Σc²/(n(n−1)). Four standard errors over 400 probes; 20 settings with two quantities each.
 */
const probed = [2, 8, 16, 64].flatMap((size, i) =>
	[
		[2, 0.1],
		[2, 10],
		[6, 1],
		[12, 0.3],
		[12, 30],
	].map(([dimensions, noise]) => [2 + 2 * i, size, dimensions, noise] as const),
);
test.each(probed)("the noise-scale estimator is unbiased: %i groups of %i, %i weights, noise %d", (groups, size, dimensions, noise) => {
	const { curvatures, variances } = quadratic({ dimensions, condition: 10, noise });
	const machinery = new OracleMachinery(new QuadraticOracle({ curvatures, variances }), { optimizer: { name: "sgd", momentum: 0 } });
	machinery.begin(1, Rng.fromSeed(3));
	const probes = 400;
	const sum = { signal: 0, variance: 0 };
	for (let i = 0; i < probes; i++) {
		const probe = machinery.probe({ groups, size }, Rng.fromSeed(i).split("probe"));
		const { signal, variance } = gradientMoments({ step: 0, groupSize: size, ...probe }, Number.POSITIVE_INFINITY);
		sum.signal += signal / probes;
		sum.variance += variance / probes;
	}
	const n = groups * size;
	const over = (f: (h: number, c: number, x: number) => number) =>
		curvatures.reduce((s, h, i) => s + f(h, variances[i], machinery.weights[i]), 0);
	const squares = over((_, c) => c * c);
	expect(Math.abs(sum.variance - over((_, c) => c))).toBeLessThan(4 * Math.sqrt((2 * squares) / (n - 1) / probes));
	const signalVariance = over((h, c, x) => (4 * (h * x) ** 2 * c) / n) + (2 * squares) / (n * (n - 1));
	expect(Math.abs(sum.signal - over((h, _, x) => (h * x) ** 2))).toBeLessThan(4 * Math.sqrt(signalVariance / probes));
});
