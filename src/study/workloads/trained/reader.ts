import { internal } from "../../../core/errors.js";
import { isOracle, readSource } from "../../../data/sources/table.js";
import type { WorkloadReader } from "../kind.js";
import { type NetworkWorkload, resolveNetwork } from "../network/network.js";
import { networkProblems } from "../network/problems.js";
import { type OracleWorkload, resolveOracle } from "../oracle/oracle.js";
import { oracleProblems } from "../oracle/problems.js";
import { descentProblems } from "./descent.js";
import { trainedWorkload } from "./schema.js";

/** Reads what our own loop trains: a network, or an oracle where that is what `data` names. */
export const trainedReader: WorkloadReader<NetworkWorkload | OracleWorkload> = {
	isMeant: () => true,
	async read(written, factsOf, { locate }) {
		const data = readSource(written.data, locate);
		const facts = data && (await factsOf(data));
		return {
			facts,
			problems(around) {
				const problems = descentProblems(written, around);
				if (!data || !facts) return problems;
				return [...problems, ...(isOracle(data) ? oracleProblems(data, written, around) : networkProblems(data, written, facts, around))];
			},
			resolve() {
				if (!data) throw internal("a workload of unsound data was resolved");
				const workload = trainedWorkload.parse(written);
				return isOracle(data) ? resolveOracle(data, workload) : resolveNetwork(data, workload);
			},
		};
	},
};
