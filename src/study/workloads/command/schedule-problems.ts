import type { Problem } from "../../problem.js";
import { usedPlaceholders } from "./parts-problems.js";
import type { CommandWorkload, FoundCommand } from "./workload.js";

/** Problems: a schedule that follows a length which the script doesn't get, and epochs without a meaning. */
export function scheduleProblems(workload: CommandWorkload, { readsTrial }: FoundCommand): readonly Problem[] {
	const { schedule, examples } = workload;
	const used = usedPlaceholders(workload);
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	if (schedule === "tied" && !used.has("epochs") && !used.has("steps") && !readsTrial)
		say(
			"workload.schedule",
			"the schedule follows the planned length, and the command takes none: hand it over, such as --epochs {epochs} or --max-steps {steps}; a script that can't be given its length has `schedule: absolute`",
		);
	if (used.has("epochs") && schedule !== "tied")
		say("workload.command", "{epochs} is the planned length of a trial, which there is only with `schedule: tied`: add that to `workload`");
	if (used.has("epochs") && examples === undefined)
		say("workload.examples", "missing: {epochs} become steps only where it says how many training examples there are");
	return problems;
}

/** Whether its length is handed over in whole epochs. */
export const takesEpochs = (workload: CommandWorkload): boolean => usedPlaceholders(workload).has("epochs");
