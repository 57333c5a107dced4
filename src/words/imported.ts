import type { Findings, TradeoffRow } from "../analysis/findings.js";
import { coarseRatio } from "../analysis/late-looks.js";
import { goalSet } from "../core/goal.js";
import type { StoredStudy } from "../study/contracts.js";
import { type ImportedStudy, isTrainable, type Study } from "../study/study.js";
import { goalRule, singleLooks } from "./goal-rule.js";
import type { MethodStep } from "./method-step.js";
import { formatCount, formatNumber } from "./numbers.js";

/** The key of the study file that fixes what a sentence says, in brackets: imported runs have no such file. */
export const keyHint = (study: Study, key: string): string => (isTrainable(study) ? ` (${key})` : "");

const ratesIn = ({ rates }: TradeoffRow, phase?: "reporting"): number =>
	new Set(rates.filter((rate) => phase === undefined || rate.phase === phase).map(({ learningRate }) => learningRate)).size;

/** What lessens the trust in an answer from imported runs, in addition to what may lessen it in any. `sizes` names batch sizes in words. */
export function importedWarnings({ tradeoff }: Findings, study: Study, sizes: (of: readonly number[]) => string): string[] {
	const found: string[] = [];
	const where = (test: (row: TradeoffRow) => boolean) =>
		tradeoff.filter((row) => row.outcome === "reached" && test(row)).map((row) => row.batchSize);
	const chosen = where((row) => ratesIn(row, "reporting") > 1);
	if (chosen.length > 0)
		found.push(
			`${sizes(chosen)}: the learning rate is the best of several on the very runs that are reported, which makes them look faster than they are ` +
				"(the winner's curse). To fix it, train the chosen rates again on fresh seeds, and import all runs with a column `phase` that says " +
				"`reporting` for the new ones and `tuning` for the others.",
		);
	const single = where((row) => ratesIn(row) === 1);
	if (single.length > 0) found.push(`${sizes(single)}: only one learning rate was tried, and a better one would shorten the runs.`);
	if (tradeoff.every(({ secondsPerStep }) => secondsPerStep.median === null))
		found.push(
			"The runs have no clock (a column `seconds`) at every batch size: sizes can be compared in steps and examples, not in time.",
		);
	if (study.looks.ratio > coarseRatio)
		found.push(
			`Where they met the goal, the runs were evaluated about every ${formatNumber(100 * (study.looks.ratio - 1))} % more steps: steps-to-target are known no better than that.`,
		);
	return found;
}

/** What to do where imported runs reach the goal at no batch size. */
export const importedStepsToTheGoal = ({ goal }: Study): string[] => [
	`Train for longer: the longest run counts, at every batch size.`,
	`Import the runs again with ${goal.atLeast === undefined ? "a higher" : "a lower"} goal (--goal).`,
	"Train with other learning rates, and import all runs together.",
];

/** How the answer was found from runs made elsewhere. */
export function importedMethod({ version }: StoredStudy, { cost }: Findings, study: ImportedStudy): readonly MethodStep[] {
	const { goal, workload, tolerance } = study;
	const set = goalSet(goal) === "train" ? "training" : "validation (held-out)";
	return [
		{
			title: "The runs",
			text:
				`They were made elsewhere and imported from ${workload.imported.file}: ${formatCount(cost.trials)} runs, ` +
				`${formatCount(cost.examples)} examples. What they trained, and whether they all trained alike, is not known.`,
		},
		{
			title: "The goal",
			text:
				`A run reaches the goal at ${goalRule(goal, "evaluation")} on the ${set} examples. Steps-to-target S is that step; the ` +
				"exact value lies somewhere between that evaluation and the one before, and is treated so." +
				singleLooks(goal),
		},
		{
			title: "The learning rate",
			text: workload.imported.phases
				? "The runs say which of them tuned, which selected and which are to be reported; only the last are. If a batch size has several " +
					"rates among them, the one with the lowest median is taken."
				: "At each batch size the rate with the lowest median over its seeds is reported. The same runs both chose the rate and are reported. So if " +
					"there was a choice, the figures are better than fresh runs would be.",
		},
		{
			title: "Intervals",
			text: "Figures are medians over runs; brackets hold 95 % intervals, by bootstrap (resampling the runs many times).",
		},
		{
			title: "Time",
			text:
				"Seconds per step come from the runs' own clocks, if they have one, with the load that the machine had. Examples are steps times batch " +
				"size, unless the runs state them. Efficiency is how much one example is worth at a batch size, compared with a very small batch: 1/(1 + B/B_crit).",
		},
		{
			title: "The recommendation",
			text:
				"The whole choice is repeated on every resample of the runs. The answer counts as found if in 95 % of the resamples the recommended size is " +
				`within ${formatNumber(100 * tolerance)} % of the best. Sizes that win in more than 5 % of them are statistically tied with it. Imported with ` +
				`Sweetspot ${version}.`,
		},
	];
}
