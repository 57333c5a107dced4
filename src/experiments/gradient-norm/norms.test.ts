import { expect, test } from "vitest";
import { linearMachinery } from "../../../test/fixtures/linear-oracle.js";
import { gradientMoments } from "../../analysis/noise-scale.js";
import { Rng } from "../../core/rng.js";
import { leastSquares } from "../../data/oracles/least-squares.js";
import { quadratic } from "../../data/oracles/quadratic.js";
import { squared } from "../../trainers/oracle/link.js";
import { OracleMachinery } from "../../trainers/oracle/machinery.js";
import { QuadraticOracle } from "../../trainers/oracle/quadratic.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { Laboratory } from "../lab/laboratory.js";
import { subjectOf } from "../lab/subjects.js";
import { expectedSquare, summaryOf } from "./norms.js";

const plain = { optimizer: { name: "sgd", momentum: 0 } } as const;

test("mean, deviation and mean square of norms, by hand", () => {
	expect(summaryOf([1, 2, 6])).toEqual({ mean: 3, deviation: Math.sqrt(7), meanSquare: 41 / 3 });
	expect(summaryOf([5])).toEqual({ mean: 5, deviation: 0, meanSquare: 25 });
});

test("the closed form is the average over every batch there is, on least squares", () => {
	const problem = leastSquares({ name: "least-squares", examples: 10, dimensions: 3, noise: 0.5, penalty: 0.1, seed: 1 });
	const N = problem.train.count;
	const machinery = linearMachinery(problem, squared, "reshuffle");
	machinery.begin(1, Rng.fromSeed(2));
	const weights = Float64Array.from(machinery.weights);
	const gradients = Array.from({ length: N }, (_, i) => {
		const a = problem.train.features.subarray(i * 3, i * 3 + 3);
		const residual = a.reduce((sum, feature, j) => sum + feature * weights[j], 0) - problem.train.targets[i];
		return weights.map((weight, j) => residual * a[j] + 0.1 * weight);
	});
	const all = machinery.probe({ groups: 1, size: N }, Rng.fromSeed(3));
	const moments = gradientMoments({ step: 0, groupSize: N, ...all }, N);
	for (const B of [1, 3, 5, N]) {
		let sum = 0;
		let batches = 0;
		for (let set = 0; set < 2 ** N; set++) {
			const members = gradients.filter((_, i) => (set >> i) & 1);
			if (members.length !== B) continue;
			batches++;
			for (let j = 0; j < 3; j++) sum += (members.reduce((total, gradient) => total + gradient[j], 0) / B) ** 2;
		}
		// Both exact: what is left is the rounding of a few hundred sums.
		expect(expectedSquare(moments, B, N) / (sum / batches)).toBeCloseTo(1, 12);
	}
});

test("probes of the noisy quadratic have the squared norm |Hx|² + tr(C)/B", () => {
	const problem = quadratic({ dimensions: 8, condition: 10, noise: 2 });
	const machinery = new OracleMachinery(new QuadraticOracle(problem), plain);
	machinery.begin(1, Rng.fromSeed(4));
	const signal = problem.curvatures.reduce((sum, h, i) => sum + (h * machinery.weights[i]) ** 2, 0);
	const variance = problem.variances.reduce((sum, c) => sum + c, 0);
	for (const B of [1, 16]) {
		const squares = Array.from({ length: 1000 }, (_, i) => machinery.probe({ groups: 1, size: B }, Rng.fromSeed(i)).gram[0]);
		const { mean, deviation } = summaryOf(squares);
		// Four standard errors of the mean of a thousand: one in sixteen thousand seeds would miss.
		expect(Math.abs(mean - expectedSquare({ signal, variance }, B, Number.POSITIVE_INFINITY))).toBeLessThan(
			(4 * deviation) / Math.sqrt(1000),
		);
	}
});

test("a network's batches agree with the closed form at the same weights, and the full batch is it", async () => {
	const { plain, examples } = subjectOf(null, "digits");
	const lab = await Laboratory.open(plain, { read: readBytes });
	expect(lab.examples).toBe(examples);
	lab.begin(32, 0);
	for (let step = 0; step < 34; step++) lab.step(0.25);
	const moments = lab.gradientMoments();
	const norms = lab.gradientNorms(64, 300, Rng.fromSeed(5));
	const squares = summaryOf(norms.map((norm) => norm * norm));
	expect(Math.abs(squares.mean - expectedSquare(moments, 64, lab.examples))).toBeLessThan((4 * squares.deviation) / Math.sqrt(300));
	const [full] = lab.gradientNorms(lab.examples, 1, Rng.fromSeed(6));
	// Single precision, summed in another order: about √1,087 roundings of 6e-8.
	expect(full ** 2 / moments.signal).toBeCloseTo(1, 5);
});
