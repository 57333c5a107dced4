import { describeGoalWithArticle, describeMetric } from "../core/goal.js";
import type { BestGoal } from "../core/horizon.js";
import type { Study } from "../study/study.js";
import { isCommand, isTied } from "../study/workloads/table.js";
import { commonBeginning } from "./common-beginning.js";
import type { MethodStep } from "./method-step.js";
import { formatNumber } from "./numbers.js";

/** How the best end was found. */
export const horizonMethod = (study: Study, goal: BestGoal, cost: string, price: string | null): readonly MethodStep[] => [
	{
		title: "The end",
		text:
			`Every training has a planned length and runs to its end. Its ${describeMetric(goal)} at the last look counts; earlier values do not. ` +
			(isTied(study.workload)
				? "The learning rate follows the planned length: a shorter training has its whole schedule."
				: isCommand(study.workload) && study.workload.schedule === "absolute"
					? "The learning rate follows a length that the script sets itself, so only trainings of the whole length are compared."
					: "The learning rate does not depend on the length.") +
			continued(study),
	},
	{
		title: "The search",
		text:
			"It begins with trainings of a sixteenth of the length, all on one seed: learning rates two octaves apart at the middle batch size, then an octave around the best one, " +
			"there and at other sizes a factor of four apart. At an eighth and a quarter of the length, and at a half where the budget allows it, the leading sizes run again, with the " +
			"next larger one, since larger batches gain with the length.",
	},
	{
		title: "Fresh seeds",
		text:
			"The best setting and the larger batch run to the whole length on the same fresh seeds, which chose nothing. A batch counts as losing nothing if the upper 95 % bound of its loss in the metric, by " +
			`Student’s t over the pairs, is at most ${formatNumber(goal.give)} (goal.give). A still larger one is tested only after that, so no bound needs to be stricter.`,
	},
	{ title: "What it cost", text: price === null ? cost : `${cost} ${price}` },
];

/** How the least length whose end meets the goal was found. */
export const endingMethod = (study: Study, cost: string, price: string | null): readonly MethodStep[] => [
	{
		title: "The end",
		text: `Every training has a planned length, which its learning rate follows, and runs to its end. What counts is whether it ends with ${describeGoalWithArticle(study.goal)}; meeting the goal on the way doesn't count.${continued(study)}`,
	},
	{
		title: "The search",
		text:
			"At each of up to five batch sizes, a factor of four apart, the length is doubled from a hundredth of the limit until its best end meets the goal. This uses one seed and tunes the rate on the way. At the " +
			`length that is then expected, five rates half an octave apart run on ${study.seeds.tuning} seeds; the lowest point of the parabola through their ends is the rate.`,
	},
	{
		title: "Fresh seeds",
		text:
			`At four lengths around the expected one ${study.seeds.reporting} fresh seeds run. The least length is where the line through the mean ends, in logarithms, crosses the goal; its interval comes from a bootstrap ` +
			"over the seeds. The choice of the batch size is repeated in every resample.",
	},
	{ title: "What it cost", text: price === null ? cost : `${cost} ${price}` },
];

function continued(study: Study): string {
	const common = commonBeginning(study);
	return common === null ? "" : ` ${common}`;
}
