import type { Study } from "../study/study.js";
import { isCommand, traitsOf } from "../study/workloads/table.js";

/** How a trainer that ignores its seed comes to use it, as a clause. */
export function useOfSeeds({ workload }: Pick<Study, "workload">): string {
	if (!traitsOf(workload).isProcess) return "let the trainer draw its weights and the order of examples from the seed that it is given";
	const isGiven = isCommand(workload) && workload.command.some((word) => word.includes("{seed}"));
	return isGiven
		? "let the script draw its weights and the order of examples from the {seed} that workload.command gives it"
		: "give the script its trial's seed ({seed} in workload.command, or seed in SWEETSPOT_TRIAL), for its weights and the order of examples";
}
