import { leastSquares } from "../../data/oracles/least-squares.js";
import type { LinearProblem } from "../../data/oracles/linear.js";
import { logistic } from "../../data/oracles/logistic.js";
import type { LinearSource } from "../../data/source.js";
import { symmetricEigenpairs } from "../../engine/hessian/symmetric-eigenpairs.js";
import { samplerOf } from "../../trainers/batches.js";
import { LinearOracle } from "../../trainers/oracle/linear.js";
import * as links from "../../trainers/oracle/link.js";
import { OracleMachinery } from "../../trainers/oracle/machinery.js";
import { optimumOf } from "../../trainers/oracle/optimum.js";

export type SamplerName = "reshuffle" | "with-replacement";
export const samplers: readonly SamplerName[] = ["with-replacement", "reshuffle"];

/** A convex problem, what descends it, and where its exact optimum lies. */
export interface Convex {
	readonly problem: LinearProblem;
	readonly machinery: OracleMachinery;
	readonly optimum: Float64Array;
	/** The largest curvature there is anywhere: descent at a constant rate below 2/L settles. */
	readonly largestCurvature: number;
}

/** Builds a problem for plain SGD. */
export function openConvex(source: LinearSource, sampler: SamplerName): Convex {
	const isLogistic = source.name === "logistic";
	const problem = isLogistic ? logistic(source) : leastSquares(source);
	const link = isLogistic ? links.logistic : links.squared;
	const workload = { data: source, sampler, lastBatch: "keep", optimizer: { name: "sgd", momentum: 0 } } as const;
	const { count } = problem.train;
	const oracle = new LinearOracle(problem, link, (batchSize, rng) => samplerOf(workload, count, batchSize, rng), count);
	return {
		problem,
		machinery: new OracleMachinery(oracle, workload),
		optimum: optimumOf(problem, link),
		// ℓ″ is 1 for least squares, and at most 1/4, at z = 0, for the logistic loss.
		largestCurvature: (isLogistic ? 0.25 : 1) * largestSecondMoment(problem) + problem.penalty,
	};
}

/** The largest eigenvalue of AᵀA/N. */
function largestSecondMoment({ dimensions: d, train }: LinearProblem): number {
	const moments = Array.from({ length: d }, (_, j) =>
		Array.from({ length: d }, (__, k) => {
			let sum = 0;
			for (let i = 0; i < train.count; i++) sum += train.features[i * d + j] * train.features[i * d + k];
			return sum / train.count;
		}),
	);
	return symmetricEigenpairs(moments)[0].value;
}

export const squaredDistance = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0);
