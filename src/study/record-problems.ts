import { type DataSource, isOracle } from "../data/source.js";
import type { Problem } from "./problems.js";

/** What is recorded is of our own networks: an oracle's closed forms say more, and a trainer of the user's keeps its weights to itself. */
export const recordProblems = (record: unknown, data: DataSource | undefined, trainer: unknown): readonly Problem[] =>
	record === undefined || (trainer === undefined && !(data && isOracle(data)))
		? []
		: [{ path: "record", message: "only networks of the built-in trainer can be looked into: leave it out" }];
