import type { Findings } from "../analysis/findings.js";
import { mostMoreRuns } from "../analysis/more-runs.js";
import type { StoredStudy } from "../study/contracts.js";
import { whatWouldDecide } from "../study/decide.js";
import { isTrainable, type Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { useOfSeeds } from "./equal-seeds.js";
import { importedStepsToTheGoal, keyHint } from "./imported.js";
import { listed } from "./listed.js";
import { longerTraining, stoppedTrials, theirLimit } from "./longer-training.js";
import { formatCount, formatNumber, formatRate } from "./numbers.js";
import { surerBudget } from "./track-record.js";

/** Something to do next. */
export interface Advice {
	/** What to do and why: one or two sentences, ending with a colon where a command follows. */
	readonly text: string;
	/** What to type, where there is a command for it. */
	readonly command: string | null;
}

const advice = (text: string, command: string | null = null): Advice => ({ text, command });

/** The advice on one line, as a terminal or a log shows it. */
export const adviceText = ({ text, command }: Advice): string => (command === null ? text : `${text} ${command}`);

/** What to do next, with the command or the key of the study that does it. Empty where nothing is left to do. */
export function nextSteps(findings: Findings, stored: Pick<StoredStudy, "id" | "study" | "state" | "seconds">): readonly Advice[] {
	const { recommendation, failure } = findings;
	const { study } = stored;
	if (failure) return [advice("Fix the cause and run the study again (add --fresh if none of its files changed).")];
	if (stored.state === "running") return [];
	if (stored.state === "interrupted" && recommendation.verdict !== "found") return [wayToGoOn(stored)];
	if (recommendation.verdict === "not reached")
		return isTrainable(study) ? stepsToTheGoal(findings, stored) : importedStepsToTheGoal(study).map((text) => advice(text));
	const steps: Advice[] = [];
	if (findings.ladder) steps.push(...beyondTheLadder(findings, stored));
	else if (recommendation.verdict === "undecided") steps.push(wayToDecide(findings, stored));
	const { batchSize } = recommendation;
	if (batchSize === null) return steps;
	const [smallest, largest] = [study.batchSizes[0], study.batchSizes[study.batchSizes.length - 1]];
	if (smallest === largest)
		steps.push(advice(`Only one batch size was tried: add others${keyHint(study, "batchSizes")}, to see whether one is better.`));
	else if (batchSize === largest && largest < study.data.train)
		steps.push(
			advice(
				`The best batch size is the largest one tried: add larger ones${keyHint(study, "batchSizes")}, up to all ${formatCount(study.data.train)} examples.`,
			),
		);
	else if (batchSize === smallest && smallest > 1)
		steps.push(advice(`The best batch size is the smallest one tried: add smaller ones${keyHint(study, "batchSizes")}.`));
	return steps;
}

/** After a ladder's answer: a larger budget, which keeps every run, unless it is found; and the whole study. */
function beyondTheLadder(
	{ cost, recommendation }: Findings,
	{ id, study: { budget } }: Pick<StoredStudy, "id" | "study">,
): readonly Advice[] {
	const surer = recommendation.verdict === "found" ? undefined : surerBudget(budget.trainings ?? cost.trainings ?? 0);
	const larger = "For a surer answer, which keeps these runs and adds seeds to the settings around this one:";
	return [
		...(surer === undefined ? [] : [advice(larger, `sweetspot tune --continue ${id} --budget ${surer}x`)]),
		advice("For intervals, with every batch size tuned in full:", `sweetspot tune --continue ${id} --whole`),
	];
}

/** The command that goes on for as long as a study was given before; for two minutes where it was given no time of its own. */
export function timeAgain(id: string, seconds: number | null): string {
	const time = seconds ?? 120;
	const flag = time % 3600 === 0 ? `${time / 3600}h` : time % 60 === 0 ? `${time / 60}min` : `${time}s`;
	return `sweetspot tune --continue ${id} --budget ${flag}`;
}

/** How to continue a study that was interrupted, or whose budget of time is spent. */
function wayToGoOn({ id, study: { budget }, seconds }: Parameters<typeof nextSteps>[1]): Advice {
	const spent = budget.seconds !== null && seconds >= budget.seconds;
	return advice("Continue the unfinished trials:", spent ? timeAgain(id, budget.seconds) : `sweetspot resume ${id}`);
}

function stepsToTheGoal(findings: Findings, { study }: Pick<StoredStudy, "study">): readonly Advice[] {
	const { goal } = study;
	const own = findings.baseline;
	if (own && own.steps !== null)
		return [
			advice(
				`To see whether a setting is better than yours, search around it: batch sizes near ${formatCount(own.batchSize)} (batchSizes), and learning rates near ${formatRate(own.learningRate)} (tune.learningRate.from and tune.learningRate.to).`,
			),
		];
	const [direction, key, bound] = goal.atLeast === undefined ? ["Raise", "atMost", goal.atMost] : ["Lower", "atLeast", goal.atLeast];
	const tried = findings.tradeoff.flatMap(({ rates }) => rates);
	const diverged = tried.filter(({ state }) => state === "diverged").length;
	if (diverged > 0 && diverged === tried.length)
		return [advice("Every rate that was tried diverged. Try smaller ones: tune.learningRate.from and tune.learningRate.to.")];
	const rates = diverged > 0 ? "Try smaller learning rates" : "Try other learning rates";
	return [
		...longerRuns(findings, study),
		...(everySizeStopped(findings) ? [] : [advice(`Let trials run longer: ${limitsOf(study)}.`)]),
		advice(`${direction} the goal: goal.${key} is ${bound}.`),
		advice(`${rates}: tune.learningRate.from and tune.learningRate.to.`),
	];
}

/** Where trials ended by themselves before their limit. */
function longerRuns({ tradeoff, cost }: Findings, study: Study): readonly Advice[] {
	const stopped = tradeoff.reduce((sum, row) => sum + (row.stopped ?? 0), 0);
	if (stopped === 0) return [];
	const way = longerTraining(study);
	return [advice(`${way[0].toUpperCase()}${way.slice(1)}: ${stoppedTrials(stopped, cost.trials)} before ${theirLimit(stopped)}.`)];
}

/** Whether a higher limit would lengthen no run of any size that was tried. */
const everySizeStopped = ({ tradeoff }: Findings): boolean =>
	tradeoff.some(({ stopped = 0 }) => stopped > 0) && tradeoff.every(({ rates, stopped = 0 }) => rates.length === 0 || stopped > 0);

const limitsOf = ({ limits: { epochs, steps, seconds } }: Study): string =>
	`limits.epochs is ${formatCount(epochs)}, limits.steps ${formatCount(steps)}${seconds === null ? "" : `, limits.seconds ${formatNumber(seconds)}`}`;

/** What would decide, and the command that does it. Runs made elsewhere have none: more of them can only be imported. */
function wayToDecide(findings: Findings, { id, study }: Pick<StoredStudy, "id" | "study">): Advice {
	const decision = whatWouldDecide(findings);
	const run = (what: string): Advice =>
		isTrainable(study) ? advice(`${what}:`, `sweetspot tune --continue ${id}`) : advice(`${what}, and import all runs together.`);
	if (decision === null && findings.tradeoff.some(({ equalSeeds }) => equalSeeds)) return moreSeeds(study);
	if (decision === null && isUntimed(findings)) return advice(waysToTime(study));
	if (decision === null) return run("Run more reporting runs");
	if (decision.kind === "unfinished") return run("Run the unfinished trials");
	const { runs: next } = decision;
	const wanted = [...new Set(next.map(({ runs }) => runs))].map((count, i) => {
		const sizes = next.filter(({ runs }) => runs === count).map(({ batchSize }) => formatCount(batchSize));
		const noun = i > 0 ? "" : count === 1 ? " reporting run" : " reporting runs";
		return `${formatCount(count)}${noun} at ${sizes.length > 1 ? "each of batch sizes" : "batch size"} ${listed(sizes)}`;
	});
	// If even the largest advised number of runs would not decide, many runs miss the goal, or the clock is what is uncertain.
	return next.every(({ runs }) => runs < mostMoreRuns)
		? run(`To decide, add ${listed(wanted)}`)
		: run(`Add ${listed(wanted)}, though they may not be enough to decide`);
}

/** Runs that are all equal show no spread, and nothing can be decided on them. */
function moreSeeds(study: Study): Advice {
	const way = useOfSeeds(study);
	return advice(`${way[0].toUpperCase()}${way.slice(1)}: several runs then show how certain the answer is. Run the study again.`);
}

/** Whether sizes reached the goal, but without a time per step none of them can be chosen. */
const isUntimed = ({ tradeoff, recommendation }: Findings): boolean =>
	recommendation.batchSize === null &&
	tradeoff.some(({ outcome, secondsPerStep }) => outcome === "reached" && secondsPerStep.median === null);

const waysToTime = (study: Study): string =>
	`Let the ${traitsOf(study.workload).trainer} report more often, so that its steps can be timed; or compare by examples alone (--objective cheapest).`;
