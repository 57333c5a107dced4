import { leastSquares } from "../../data/oracles/least-squares.js";
import { logistic } from "../../data/oracles/logistic.js";
import { quadratic } from "../../data/oracles/quadratic.js";
import type { OracleWorkload, TrainableStudy } from "../../study/study.js";
import { samplerOf } from "../batches.js";
import { LinearOracle } from "./linear.js";
import * as links from "./link.js";
import type { Oracle } from "./oracle.js";
import { QuadraticOracle } from "./quadratic.js";

/** The oracle that a study's workload names. */
export function oracleOf(study: TrainableStudy, workload: OracleWorkload): Oracle {
	const { data } = workload;
	if (data.name === "quadratic") return new QuadraticOracle(quadratic(data));
	const [problem, link] = data.name === "logistic" ? [logistic(data), links.logistic] : [leastSquares(data), links.squared];
	return new LinearOracle(problem, link, (batchSize, rng) => samplerOf(workload, study.data.train, batchSize, rng), study.looks.examples);
}
