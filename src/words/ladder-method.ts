import type { Study } from "../study/study.js";
import type { MethodStep } from "./method-step.js";
import { percent } from "./numbers.js";

/** How a budget of trainings is spent. `limit`: how long a run may be. */
export const ladderSearch = (limit: string): readonly MethodStep[] => [
	{
		title: "The ladder",
		text:
			"Every batch size and learning rate that is tried has one run, all on one seed. It begins with rates two octaves apart at one batch size, for a few steps. Then, rung after " +
			"rung, each about three times as dear as the one before, those that may still win are continued, and neighbours of the leader join: a factor of four away in batch " +
			"size and an octave in rate at first, a factor of two and half an octave closer to the goal. At the end the leader goes on alone.",
	},
	{
		title: "Comparing runs",
		text:
			"Runs of different batch sizes are compared at equal levels of the goal’s metric, by what each has cost to get there: at equal epochs or equal steps the comparison " +
			"would be unfair. A run is ended when it costs too many times what the leader does, the fewer the closer the goal. Luck is smoothed over neighbours, and what is known " +
			`of how the best setting moves on the way to the goal is taken into account. ${limit}`,
	},
	{
		title: "Further seeds",
		text:
			"What is left of the budget goes to the winner and the settings around it, within a factor of four in batch size and an octave in rate. They run to the goal on the same seed and on further " +
			"ones, each time those from which most is to be gained for their cost; all runs together, smoothed over neighbours, decide which setting is recommended.",
	},
	{
		title: "Reporting",
		text:
			"The winner runs on a fresh seed, and only that run is reported, with more where the budget pays for them. Where it misses the goal there, or takes more than two and a half times as long, it " +
			"was luck, and the next best takes its place.",
	},
];

/** What a ladder's recommendation claims. */
export const ladderRecommendation = ({ tolerance }: Pick<Study, "tolerance">): MethodStep => ({
	title: "The recommendation",
	text:
		"It is the setting that reached the goal for the least. Single runs show no spread between seeds, so the answer is a best guess, however large its lead; how good such guesses " +
		`were on reference workloads is stated with it. Sizes whose best run came within ${percent(tolerance)} of the winner’s cost can’t be told apart from it.`,
});
