import type { Findings, HorizonEnd, HorizonFinding } from "../analysis/findings.js";
import type { Loss } from "../analysis/non-inferiority.js";
import { article, describeMetric, isHigherBetter } from "../core/goal.js";
import { type BestGoal, bestEnding, isBestGoal } from "../core/horizon.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { Study } from "../study/study.js";
import { takesEpochs } from "../study/workloads/command/schedule-problems.js";
import { isCommand } from "../study/workloads/table.js";
import { formatCount, formatInterval, formatNumber, formatRate, none, plain } from "./numbers.js";
import type { TextTable } from "./text-table.js";

/** How long a training is, as its author types it: `30 epochs`, `2,000 steps`. */
function horizonWords(
	study: Pick<Study, "data" | "workload">,
	{ horizon }: BestGoal,
	{ batchSize, steps }: Pick<HorizonEnd, "batchSize" | "steps">,
): string {
	const counted = (count: number, unit: string) => `${formatCount(count)} ${unit}${count === 1 ? "" : "s"}`;
	const inSteps = counted(steps, "step");
	if (isCommand(study.workload) && takesEpochs(study.workload)) {
		const epochs = Math.round(steps / stepsPerEpoch(batchSize, study));
		return `${counted(epochs, "epoch")} (${inSteps})`;
	}
	return "epochs" in horizon ? `${counted(horizon.epochs, "epoch")} (${inSteps})` : inSteps;
}

/** The three numbers to type. */
const numbersOf = (study: Study, goal: BestGoal, setting: HorizonEnd): string =>
	`batch size ${formatCount(setting.batchSize)}, learning rate ${formatRate(setting.learningRate)} and ${horizonWords(study, goal, setting)}`;

/** What the study found: the best setting, and how large the batch may be. */
export function horizonAnswer(finding: HorizonFinding, study: Study, goal: BestGoal, isOpen: boolean): readonly string[] {
	const { best, larger, largest, cutOff } = finding;
	const metric = describeMetric(goal);
	if (isOpen) return ["Not finished: the search for the best end is still under way."];
	if (best === null) {
		if (cutOff) return [`No training reached its planned end: ${cutOffWords(cutOff)}.`];
		return [`No training ended with ${article(goal)} ${metric} that is a number: try smaller learning rates (tune.learningRate.from).`];
	}
	const ends = `it ends with ${article(goal)} ${metric} of ${formatInterval(best.end, plain)}, over ${formatCount(best.runs)} fresh seeds.`;
	const sentences = [`Train with ${numbersOf(study, goal, best)}: ${ends}`];
	if (cutOff) sentences.push(`That is a guess, not a finding: ${cutOffWords(cutOff)}.`);
	if (largest && largest.batchSize > best.batchSize)
		sentences.push(
			`The largest batch that is shown to lose nothing: ${numbersOf(study, goal, largest)}, which ${lossWords(finding, largest.batchSize, goal)}.`,
		);
	else if (larger.length === 0) sentences.push("No larger batch was tried, so the largest that loses nothing is this one.");
	for (const { loss, ...setting } of larger) {
		if (loss.verdict === "nothing") continue;
		const size = `batch size ${formatCount(setting.batchSize)} loses more than ${formatNumber(goal.give)}`;
		const measured = `it ${lossWords(finding, setting.batchSize, goal)}`;
		sentences.push(
			loss.verdict === "more" ? `B${size.slice(1)}: ${measured}.` : `These runs cannot show yet whether ${size}: ${measured}.`,
		);
	}
	return sentences;
}

/** How the user's own setting ended next to the recommended one, on the same seeds; null where it has not run. */
export function ownEndSentence({ horizon }: Pick<Findings, "horizon">, study: Study): string | null {
	const { goal } = study;
	if (!horizon?.own || !horizon.best || !isBestGoal(goal)) return null;
	const { own, best } = horizon;
	const name = `Yours, ${numbersOf(study, goal, own)},`;
	if (own.batchSize === best.batchSize && own.learningRate === best.learningRate) return `${name} is the recommended setting.`;
	const runs = `${formatCount(own.runs)} fresh seed${own.runs === 1 ? "" : "s"}`;
	if (own.end.estimate === null) return `${name} ${own.diverged > 0 ? "diverged" : "did not end"} on ${runs}, the same as of this one.`;
	const ends = `ends with ${article(goal)} ${describeMetric(goal)} of ${formatInterval(own.end, plain)}, over the same ${runs}`;
	const lost = own.diverged > 0 ? ` ${formatCount(own.diverged)} of them diverged.` : "";
	return `${name} ${ends}: ${lostWords(own.loss, goal)}.${lost}`;
}

/** `0.02 lower than this one`. */
function lostWords({ mean, low, high }: Loss, goal: BestGoal): string {
	if (mean === null || mean === 0) return "the same as this one";
	const chance = low !== null && high !== null && low < 0 && high > 0 ? ", which may be chance" : "";
	return `${formatNumber(Math.abs(mean))} ${isHigherBetter(goal) === mean > 0 ? "lower" : "higher"} than this one${chance}`;
}

/** How many trainings were cut off, and how. */
export const cutOffWords = ({ trials, how }: NonNullable<HorizonFinding["cutOff"]>): string =>
	`${formatCount(trials)} ${trials === 1 ? "training was" : "trainings were"} cut off before the planned end (${how.split("\n")[0]})`;

/** `ended 0.002 higher, at most 0.004 (95 % bound)`. */
function lossWords({ larger }: HorizonFinding, batchSize: number, goal: BestGoal): string {
	const loss = larger.find((one) => one.batchSize === batchSize)?.loss;
	if (!loss || loss.mean === null) return "did not end";
	const worse = isHigherBetter(goal) ? "lower" : "higher";
	const better = isHigherBetter(goal) ? "higher" : "lower";
	const mean = loss.mean === 0 ? "at the same value" : `${formatNumber(Math.abs(loss.mean))} ${loss.mean > 0 ? worse : better}`;
	if (loss.high === null || loss.low === null) return `ended ${mean}`;
	const bound =
		loss.verdict === "more"
			? `at least ${formatNumber(loss.low)} ${worse}`
			: loss.high <= 0
				? `at least ${formatNumber(-loss.high)} ${better}`
				: `at most ${formatNumber(loss.high)} ${worse}`;
	return `ended ${mean}, ${bound} with 95 % confidence, and ${formatNumber(goal.give)} may be lost`;
}

/** Each batch size's best rate at every length that was tried, and the fresh runs. */
export function horizonTable(finding: HorizonFinding, goal: BestGoal): TextTable {
	const { runs, best, larger } = finding;
	const shares = [...new Set(runs.map(({ share }) => share))].sort((a, b) => a - b);
	const sizes = [...new Set(runs.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	const fresh = [...(best ? [best] : []), ...larger];
	const column = (title: string) => ({ title, kind: "figure" as const });
	return {
		columns: [
			column("batch size"),
			...shares.map((share) => column(`at ${shareWords(share)} of the length`)),
			column("fresh seeds, whole length"),
		],
		rows: sizes.map((batchSize) => {
			const own = fresh.find((one) => one.batchSize === batchSize);
			return {
				cells: [
					formatCount(batchSize),
					...shares.map((share) => bestEndCell(finding, goal, batchSize, share)),
					own ? `${formatInterval(own.end, plain)} at rate ${formatRate(own.learningRate)}` : none,
				],
				chosen: batchSize === best?.batchSize,
				batchSize,
			};
		}),
	};
}

const shareWords = (share: number): string => (share === 1 ? "the whole" : `1/${Math.round(1 / share)}`);

/** `0.231 at rate 0.25`: the best end of a size at a length. */
function bestEndCell({ runs }: HorizonFinding, goal: BestGoal, batchSize: number, share: number): string {
	const own = runs.filter((run) => run.batchSize === batchSize && run.share === share);
	if (own.length === 0) return none;
	const best = bestEnding(goal, own);
	if (best === null) return own.some(({ end }) => end.kind === "cut off") ? "cut off" : "diverged";
	return `${Number(best.value.toPrecision(3))} at rate ${formatRate(best.run.learningRate)}`;
}
