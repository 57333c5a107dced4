import { type DataSource, isOracle } from "../data/sources/table.js";
import type { Problem } from "./problems.js";

/** A workload as written, and its data where they are sound. */
interface Written {
	readonly workload: Readonly<Record<string, unknown>>;
	readonly data: DataSource | undefined;
}

/** What is recorded is of our own networks: an oracle's closed forms say more, and what trains by itself, without `data`, keeps its weights to itself. */
export const recordProblems = (record: unknown, { workload, data }: Written): readonly Problem[] =>
	record === undefined || (workload.data !== undefined && !(data && isOracle(data)))
		? []
		: [{ path: "record", message: "only networks of the built-in trainer can be looked into: leave it out" }];
