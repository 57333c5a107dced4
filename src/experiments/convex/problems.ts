import { canonicalJson } from "../../core/canonical.js";
import { leastSquares } from "../../data/oracles/least-squares.js";
import type { LinearProblem, LinearSource } from "../../data/oracles/linear.js";
import { logistic } from "../../data/oracles/logistic.js";
import type { ReadBytes } from "../../data/source.js";
import { symmetricEigenpairs } from "../../engine/hessian/symmetric-eigenpairs.js";
import { samplerOf } from "../../trainers/batches.js";
import { LinearOracle } from "../../trainers/oracle/linear.js";
import type { Link } from "../../trainers/oracle/link.js";
import * as links from "../../trainers/oracle/link.js";
import { OracleMachinery } from "../../trainers/oracle/machinery.js";
import { optimumOf } from "../../trainers/oracle/optimum.js";
import type { Tools } from "../experiment.js";
import { Shared } from "../lab/shared.js";
import { type EvenOrOdd, evenOrOdd } from "./even-or-odd.js";

export type SamplerName = "reshuffle" | "with-replacement";
export const samplers: readonly SamplerName[] = ["with-replacement", "reshuffle"];

/** Data that are made, or real ones. */
export type ConvexSource = LinearSource | EvenOrOdd;

/** A convex problem, what descends it, and where its exact optimum lies. */
export interface Convex {
	readonly problem: LinearProblem;
	readonly machinery: OracleMachinery;
	readonly optimum: Float64Array;
	/** The largest curvature there is anywhere: descent at a constant rate below 2/L settles. */
	readonly largestCurvature: number;
	/** One that hardly any direction falls below: descent forgets where it began in some 1/(ηλ) steps. */
	readonly smallCurvature: number;
}

/** Builds a problem for plain SGD. */
export async function openConvex(source: ConvexSource, sampler: SamplerName, tools: Tools): Promise<Convex> {
	const link = source.name === "least-squares" ? links.squared : links.logistic;
	const { problem, optimum, largestCurvature } = await solved(source, link, tools);
	const descent = { sampler, lastBatch: "keep", optimizer: { name: "sgd", momentum: 0 } } as const;
	const { count } = problem.train;
	const oracle = new LinearOracle(problem, link, (batchSize, rng) => samplerOf(descent, count, batchSize, rng), count);
	return {
		problem,
		machinery: new OracleMachinery(oracle, descent),
		optimum,
		largestCurvature,
		// Made features are all alike, and independent. Most pixels hardly differ from the mean image: there the penalty is the curvature.
		smallCurvature: source.name === "even-or-odd" ? problem.penalty : 0.5,
	};
}

type Solved = Pick<Convex, "problem" | "optimum" | "largestCurvature">;

/** Of the real problems: every run of theirs has the same examples, and solving takes longer than a run. */
const realOnes = new Shared<Solved>();

const solved = (source: ConvexSource, link: Link, tools: Tools): Promise<Solved> =>
	source.name === "even-or-odd"
		? realOnes.of(tools, canonicalJson(source), () => solve(source, link, tools.read))
		: solve(source, link, tools.read);

async function solve(source: ConvexSource, link: Link, read: ReadBytes): Promise<Solved> {
	const problem = await problemOf(source, read);
	return {
		problem,
		optimum: optimumOf(problem, link),
		// ℓ″ is 1 for least squares, and at most 1/4, at z = 0, for the logistic loss.
		largestCurvature: (link.classifies ? 0.25 : 1) * largestSecondMoment(problem) + problem.penalty,
	};
}

async function problemOf(source: ConvexSource, read: ReadBytes): Promise<LinearProblem> {
	if (source.name === "even-or-odd") return evenOrOdd(source, read);
	return source.name === "logistic" ? logistic(source) : leastSquares(source);
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
