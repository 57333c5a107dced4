import { stagesOf } from "../study/ladder/limits.js";
import type { Study } from "../study/study.js";
import { listed } from "./listed.js";
import type { MethodStep } from "./method-step.js";
import { formatCount, percent } from "./numbers.js";

/** How a budget is spent. `limit`: how long a run may be. */
export const ladderSearch = ({ budget }: Pick<Study, "budget">, limit: string): readonly MethodStep[] => [
	{
		title: "The ladder",
		text:
			"Every setting (a batch size with a learning rate) has one run, all on one seed. The search begins with rates two octaves apart at one batch size, for a few steps. It then climbs in rungs, " +
			"each about three times as expensive as the one before. On each rung, runs that may still win are continued, and neighbours of the leader join: a factor of four away in batch " +
			"size and an octave in rate at first, a factor of two and half an octave closer to the goal. At the end, once a higher rate and a larger batch size have been tried next to it, the leader goes on alone." +
			(budget.trials === null ? "" : ` At most ${formatCount(budget.trials)} runs begin; one that is continued counts once.`),
	},
	{
		title: "Comparing runs",
		text:
			"Runs of different batch sizes are compared at equal levels of the goal’s metric, by what each has cost to get there; a comparison at equal epochs or equal steps " +
			"would be unfair. A run ends when it costs too many times as much as the leader; the closer the goal, the lower that limit. Neighbours are averaged to smooth out luck, and the " +
			`comparison allows for how the best setting usually moves on the way to the goal. ${limit}`,
	},
	{
		title: "Further seeds",
		text:
			"What is left of the budget goes to the winner and the settings around it, within a factor of four in batch size and an octave in rate. They run to the goal on the same seed and on further " +
			"ones, each time those from which most is to be gained for their cost; all runs together, smoothed over neighbours, decide which setting is recommended." +
			(budget.seconds === null
				? ""
				: ` The time may end at any moment, so this is done in stages of ${listed(stagesOf({ budget }).map(formatCount))} trainings, with an answer after each.`),
	},
	{
		title: "Reporting",
		text:
			"The winner runs on a fresh seed, and only that run is reported, with more seeds if the budget allows. If the winner misses the goal on the fresh seed, or takes more than two and a half times as long, it " +
			"was lucky, and the next best takes its place.",
	},
];

/** What a ladder's recommendation claims. */
export const ladderRecommendation = ({ tolerance }: Pick<Study, "tolerance">): MethodStep => ({
	title: "The recommendation",
	text:
		"It is the setting that is expected to reach the goal at the lowest cost, by all runs that got there. It is found if they make it at least 95 % likely that it costs at most " +
		`${percent(tolerance)} more than the best setting, and a best guess otherwise: a few runs show little of the spread between seeds. The answer states how good such answers were on reference workloads. Sizes whose best run came within ${percent(tolerance)} of the winner’s cost are statistically tied with it.`,
});
