import type { Findings } from "../analysis/findings.js";
import { goalSet } from "../core/goal.js";
import { isBestGoal } from "../core/horizon.js";
import type { FinishedTrial } from "../core/trial.js";
import type { StoredStudy } from "../study/contracts.js";
import { isLadder } from "../study/ladder/is-ladder.js";
import { isImported, type Study } from "../study/study.js";
import { isStream, sourceOf, traitsOf } from "../study/workloads/table.js";
import { goalRule, singleLooks } from "./goal-rule.js";
import { endingMethod, horizonMethod } from "./horizon-method.js";
import { importedMethod } from "./imported.js";
import { ladderRecommendation, ladderSearch } from "./ladder-method.js";
import { widthsOf } from "./late-looks.js";
import type { MethodStep } from "./method-step.js";
import { nodesSentence } from "./nodes.js";
import { formatCount, formatNumber, formatSeconds } from "./numbers.js";
import { priceSentence } from "./price.js";
import { searchedValues } from "./setting.js";

/** How settings other than the learning rate are searched, with a space behind it; empty where none are. */
function settingsSentence(study: Study): string {
	const searched = searchedValues(study);
	if (searched.length === 0) return "";
	const values = searched.map(([title, values]) => `${title} (${values})`).join(" and ");
	return (
		`So is ${values}: every combination has its own search over the rate at every batch size, which ends when it can no longer beat the median ` +
		"of the best combination. "
	);
}

const limitSentence = ({ limits, data }: Study): string =>
	data.train === 0
		? `Every run may take ${formatCount(limits.steps)} steps.`
		: `Every run may take ${formatCount(limits.epochs)} epochs (passes over the ${formatCount(data.train)} training examples) or ` +
			`${formatCount(limits.steps)} steps, whichever is more: a budget of epochs alone would starve large batches of steps.`;

const wholeSearch = (study: Study): readonly MethodStep[] => [
	{
		title: "Tuning",
		text:
			"The learning rate is tuned separately at every batch size, in half octaves (factors of √2), with " +
			`${study.seeds.tuning} ${study.seeds.tuning === 1 ? "run" : "runs"} per rate on the same seeds. A rate is dropped as soon as its median can no longer ` +
			`win. ${settingsSentence(study)}${limitSentence(study)}`,
	},
	{
		title: "Selecting and reporting",
		text:
			`The best rate and its neighbours run again on ${study.seeds.selecting} fresh seeds; the best of them runs on ${study.seeds.reporting} more, and ` +
			"only those are reported. So no figure here is the best of several tries. Figures are medians over these runs; brackets hold 95 % " +
			"intervals, by bootstrap (resampling the runs many times). They hold for the learning rate that is reported; they do not include the chance " +
			"that another rate is slightly better.",
	},
];

/** `the validation (held-out) examples`, or the subset of them that looks evaluate. */
function describeLookSet({ workload, looks, data }: Study, set: "train" | "validation"): string {
	const words = `${set === "train" ? "training" : "validation (held-out)"} examples`;
	if (isStream(workload) || data[set] <= looks.examples) return `the ${words}`;
	return `${formatCount(looks.examples)} of the ${formatCount(data[set])} ${words} (drawn once, the same for every run)`;
}

/** When looks are due, in words. */
const looksOf = ({ looks }: Study): string =>
	looks.ratio === 1
		? "after every step"
		: `after steps 1, 2, 3, … and from there on about every ${formatNumber(100 * (looks.ratio - 1))} % more steps`;

/** Where our own engine measures. */
const lookedAtGoal = (study: Study): string =>
	`Every run is measured on ${describeLookSet(study, goalSet(study.goal))} ${looksOf(study)}. These measurements (looks) come at the same steps for every ` +
	`batch size, so no size is measured more often. A run reaches the goal at ${goalRule(study.goal)}.`;

/** Where somebody else's code measures and says when. */
function reportedGoal(study: Study, { lateLooks: late }: Findings): string {
	const { trainer: who } = traitsOf(study.workload);
	const often = late.every(({ isEpoch }) => isEpoch) ? "once an epoch" : "less often";
	return (
		`A run reaches the goal at ${goalRule(study.goal)}, as measured by the ${who}. A look is due ${looksOf(study)}, ` +
		`and takes the next report of the ${who}. ` +
		(late.length === 0
			? "It reported often enough, so no batch size is measured more often."
			: `It reported ${often}, every ${widthsOf(late)}: S is known no better than that, and intervals are at least that wide. ` +
				"Rates were compared by where the metric crossed the goal between two reports, interpolated.")
	);
}

/** In which unit losses are, where targets were normalized. */
function targetScale({ workload }: Study): string {
	const source = sourceOf(workload);
	const scale = source && "normalizeTarget" in source ? source.normalizeTarget : "none";
	if (scale === undefined || scale === "none") return "";
	return scale === "standardize"
		? " Targets are standardized by the training set: a loss of 1 is that of always predicting its mean."
		: " Targets are scaled so that those of the training set go from 0 to 1, and losses are in that unit.";
}

const recommendationStep = ({ tolerance }: Study): MethodStep => ({
	title: "The recommendation",
	text:
		"Batch sizes are compared by pooled steps, means on the log scale. These combine the few runs of a size with what the curve fitted to all sizes predicts for it; " +
		"the closer the sizes lie to the curve, the more it counts. Tables show each size’s own " +
		"median. The whole choice is repeated on every resample of the runs and of the measured times. The answer counts as found if in 95 % of the " +
		`resamples the recommended size is within ${formatNumber(100 * tolerance)} % of the best. Sizes that win in more than 5 % of ` +
		"them are statistically tied with it.",
});

const searchOf = (study: Study): readonly MethodStep[] =>
	isLadder(study) ? ladderSearch(study, limitSentence(study)) : wholeSearch(study);

/** How the answer was found, step by step, with this study's own numbers. */
export function methodSteps(stored: StoredStudy, findings: Findings, trials: readonly FinishedTrial[] = []): readonly MethodStep[] {
	const { study } = stored;
	if (isImported(study)) return importedMethod(stored, findings, study);
	if (findings.ending) return endingMethod(study, costText(findings.cost, stored.seconds), priceSentence(findings));
	if (isBestGoal(study.goal)) return horizonMethod(study, study.goal, costText(findings.cost, stored.seconds), priceSentence(findings));
	const { seeds } = study;
	const { looks, timing } = traitsOf(study.workload);
	return [
		{
			title: "The goal",
			text:
				`${looks === "due" ? lookedAtGoal(study) : reportedGoal(study, findings)} Steps-to-target S is that step; ` +
				"the exact value lies somewhere between that look and the one before, and is treated so." +
				singleLooks(study.goal) +
				targetScale(study),
		},
		...searchOf(study),
		{
			title: "Time",
			text:
				(timing === "of runs"
					? "Seconds per step are measured from the script’s reports, by its own clock if it reports one, else from its first report to its last: " +
						"start-up is excluded, but everything between reports counts. Quick scripts are timed again after the trials, every batch " +
						"size in turn. For slow scripts the times of the reporting runs count, with the load that the machine had then. "
					: "Seconds per step were measured separately from the training runs, with no trial running at the same time, in several passes over " +
						"the batch sizes. ") +
				"Time-to-target is steps-to-target times seconds per step. Efficiency is how much one example is worth at a batch size, compared " +
				"with a very small batch: 1/(1 + B/B_crit). Goodput is examples per second times efficiency." +
				spaced(nodesSentence(trials)),
		},
		isLadder(study) ? ladderRecommendation(study) : recommendationStep(study),
		...(study.comparisons
			? [
					{
						title: "Equal comparisons",
						text:
							"Every run goes on to the end of its budget, even if it met the goal earlier. For each batch size and budget the learning rate is tuned " +
							`again, by the median metric at the end over ${seeds.tuning} tuning seeds, starting from the best rate of the tradeoff. The winner runs on ` +
							`${seeds.reporting} fresh seeds, which are shown. Equal seconds are converted into steps with the seconds per step measured once, so no ` +
							"run was timed while others trained.",
					},
				]
			: []),
		{
			title: "What it cost",
			text: [costText(findings.cost, stored.seconds), priceSentence(findings)].filter((text) => text !== null).join(" "),
		},
	];
}

const spaced = (sentence: string | null): string => (sentence === null ? "" : ` ${sentence}`);

function costText({ trials, examples, search, clairvoyant }: Findings["cost"], seconds: number): string {
	const spent = `${formatCount(trials)} runs used ${formatCount(examples)} examples, in ${formatSeconds(seconds)}.`;
	if (clairvoyant === 0) return spent;
	return `${spent} Finding the learning rates used ${formatCount(search)} of them, ${formatNumber(search / clairvoyant)} times the ${formatCount(clairvoyant)} that tuning runs of the best rates alone would have used.`;
}
