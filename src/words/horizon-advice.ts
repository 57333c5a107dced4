import type { EndingFinding, HorizonFinding } from "../analysis/findings.js";
import type { StoredStudy } from "../study/contracts.js";
import { isTrainable, type Study } from "../study/study.js";
import { isCommand, isTied, traitsOf } from "../study/workloads/table.js";
import type { Advice } from "./advice.js";
import { formatCount, formatSeconds } from "./numbers.js";

/** What to do next about a study of the best end. */
export function horizonAdvice(
	{ larger, best, untested, cutOff }: HorizonFinding,
	{ id, study, state }: Pick<StoredStudy, "id" | "study" | "state">,
): readonly Advice[] {
	const advice: Advice[] = [];
	const say = (text: string, command: string | null = null) => advice.push({ text, command });
	if (state === "running") return [];
	if (state === "interrupted") return [{ text: "Continue the unfinished trials:", command: `sweetspot resume ${id}` }];
	if (cutOff) return [letThemEnd];
	if (larger.some(({ loss }) => loss.verdict === "cannot tell"))
		say(
			"More fresh seeds would show what the larger batch loses: run the study with more trainings, such as --budget 20x, or give more away (goal.give).",
		);
	else if (untested !== null)
		say(`Batch size ${formatCount(untested)} may lose nothing either: --budget 20x has trainings left to test it.`);
	const largest = study.batchSizes.at(-1);
	if (best && best.batchSize === largest && (study.data.train === 0 || largest < study.data.train))
		say("The best batch size is the largest one tried: add larger ones to batchSizes.");
	return advice;
}

/** What to do next about a study of the least length whose end meets the goal. */
export function endingAdvice(
	{ best, decided, cutOff }: EndingFinding,
	{ id, study, state }: Pick<StoredStudy, "id" | "study" | "state">,
): readonly Advice[] {
	if (state === "running") return [];
	if (state === "interrupted") return [{ text: "Continue the unfinished trials:", command: `sweetspot resume ${id}` }];
	if (cutOff) return [letThemEnd];
	if (best === null)
		return [
			{
				text: `Allow longer trainings (limits.epochs is ${formatCount(study.limits.epochs)}, limits.steps ${formatCount(study.limits.steps)}), or ask for less.`,
				command: null,
			},
		];
	return decided ? [] : [{ text: "More fresh seeds at each length would narrow the intervals: raise seeds.reporting.", command: null }];
}

const letThemEnd: Advice = {
	text: "Let every training run to its planned end, without stopping early and within limits.seconds, and report its metric there, even where it is shorter than the script's interval of evaluations. Then run the study again with --fresh.",
	command: null,
};

/** What lessens the trust in such an answer. */
export function horizonWarnings({ best, larger }: HorizonFinding, study: Study): string[] {
	const found: string[] = [];
	const { isDeterministic, trainer } = traitsOf(study.workload);
	if (best && best.runs < 5)
		found.push(
			`Only ${formatCount(best.runs)} fresh seeds: the bounds assume that the ends are about normally distributed. More trainings (--budget 20x) run more seeds.`,
		);
	const diverged = [...(best ? [best] : []), ...larger].filter((one) => one.diverged > 0);
	for (const one of diverged)
		found.push(`Batch size ${formatCount(one.batchSize)}: ${formatCount(one.diverged)} of ${formatCount(one.runs)} fresh runs diverged.`);
	if (isCommand(study.workload) && study.workload.schedule === "absolute")
		found.push("The script’s schedule has a length of its own: only trainings of one length can be compared, and the search is expensive.");
	else if (isCommand(study.workload) && !isTied(study.workload))
		found.push(
			"The script’s schedule is taken to be free of its length (schedule: free): if its learning rate falls towards a planned end, set `workload.schedule: tied`, otherwise every run was cut off.",
		);
	if (isTrainable(study) && !isDeterministic)
		found.push(`Running the study again may give other numbers, unless the ${trainer} is deterministic.`);
	if (study.limits.seconds !== null)
		found.push(
			`Trials were limited to ${formatSeconds(study.limits.seconds)} each (limits.seconds): a training that takes longer doesn’t count.`,
		);
	return found;
}
