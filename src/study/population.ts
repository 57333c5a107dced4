import type { Study } from "./study.js";
import { isStream } from "./workloads/table.js";

/** How many training examples a gradient is the mean of: N; ∞ where every example is drawn anew, or N is not known. */
export const populationOf = ({ data, workload }: Pick<Study, "data" | "workload">): number =>
	data.train === 0 || isStream(workload) ? Number.POSITIVE_INFINITY : data.train;
