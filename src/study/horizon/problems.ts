import { isBestGoal } from "../../core/horizon.js";
import type { Problem } from "../problem.js";
import type { Study } from "../study.js";
import { isTied, scheduleOf } from "../workloads/table.js";

/** Problems: keys that don't fit a study of the best end, and a schedule that only such a study can use. */
export function horizonProblems(
	study: Pick<Study, "baseline" | "batchSizes" | "budget" | "comparisons" | "data" | "goal" | "tune" | "workload">,
): readonly Problem[] {
	const { goal, workload, data, budget, tune } = study;
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	const isBest = isBestGoal(goal);
	if (!isBest && !isTied(workload)) return problems;
	const horizon = isBest ? goal.horizon : {};
	if ("epochs" in horizon && data.train === 0)
		say(
			"workload.examples",
			"missing: how many training examples there are is needed for `goal.horizon.epochs`; give their number, or `steps`",
		);
	if (budget.trials !== null)
		say(
			"budget.trials",
			isBest
				? "the best end of a training is paid for in trainings: use `trainings`, such as `budget: { trainings: 10 }`"
				: "the least length whose end meets the goal has no budget of trials: omit it, or limit it by fewer `batchSizes` and `seeds.reporting`",
		);
	if (!isBest && budget.trainings !== undefined)
		say(
			"budget.trainings",
			"the least length whose end meets the goal has no budget of trainings: omit it, or ask for the best end (`goal.best`)",
		);
	if (study.comparisons) say("comparisons", "they are no part of a study whose trainings have a planned length: omit `comparisons`");
	if (study.baseline && "seconds" in horizon && !study.batchSizes.includes(study.baseline.batchSize))
		say(
			"baseline.batchSize",
			`its steps are not timed: add ${study.baseline.batchSize} to \`batchSizes\`, or give the horizon in epochs or steps`,
		);
	for (const name of ["momentum", "weightDecay"] as const)
		if ((tune[name]?.length ?? 0) > 0)
			say(`tune.${name}`, "a study of the ends of trainings searches the learning rate alone: set the value in the workload");
	if (tune.flags) say("tune.flags", "a study of the ends of trainings searches the learning rate alone: write the value into the command");
	if (scheduleOf(workload)?.batchSize) say("workload.schedule.batchSize", "batches that grow have no one size to compare: omit it");
	return problems;
}
