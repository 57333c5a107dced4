import type { Study } from "./study.js";
import { isStream } from "./workloads/table.js";

/** The number of training examples behind a full gradient: N; ∞ for a stream of new examples, or if N is not known. */
export const populationOf = ({ data, workload }: Pick<Study, "data" | "workload">): number =>
	data.train === 0 || isStream(workload) ? Number.POSITIVE_INFINITY : data.train;
