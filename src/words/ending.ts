import { isUnknown } from "../analysis/ending.js";
import type { EndingFinding, EndingRow, Estimate, Findings } from "../analysis/findings.js";
import { describeGoalWithArticle } from "../core/goal.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { Study } from "../study/study.js";
import { takesEpochs } from "../study/workloads/command/schedule-problems.js";
import { isCommand } from "../study/workloads/table.js";
import { cutOffWords } from "./horizon.js";
import { listed } from "./listed.js";
import { formatCount, formatInterval, formatRate, formatSecondsInterval, none, percent, plain } from "./numbers.js";
import { choiceText } from "./setting.js";
import type { TextTable } from "./text-table.js";

/** What the study found: the least length whose end meets the goal, at the batch size that the objective prefers. */
export function endingAnswer({ rows, best, within, decided, cutOff }: EndingFinding, study: Study): readonly string[] {
	if (rows.some(({ state }) => state === "open")) return ["Not finished: the least lengths are still being looked for."];
	const goal = describeGoalWithArticle(study.goal);
	if (best === null) {
		if (cutOff) return [`No training reached its planned end: ${cutOffWords(cutOff)}.`];
		if (rows.some(({ steps }) => steps.estimate !== null))
			return [`No batch size can be chosen: without a time per step compare by examples alone (--objective cheapest).`];
		return [`No training within the limits ended with ${goal} (limits.epochs, limits.steps).`];
	}
	const head = decided ? "Train" : "Best guess: train";
	const sentences = [
		best.isShortest
			? `${head} with batch size ${formatCount(best.batchSize)}, learning rate ${formatRate(best.learningRate ?? Number.NaN)} and ${lengthWords(study, best)}: ` +
				`the shortest training possible, ${formatCount(best.steps.estimate)} steps, ${formatCount(best.examples.estimate)} examples, ends with ${goal} already.`
			: `${head} with batch size ${formatCount(best.batchSize)}, learning rate ${formatRate(best.learningRate ?? Number.NaN)} and ${lengthWords(study, best)}: ` +
				`the least length that ends with ${goal} is ${formatInterval(best.steps)} steps, ${formatInterval(best.examples)} examples.`,
	];
	if (cutOff) sentences.push(`That is a guess, not a finding: ${cutOffWords(cutOff)}.`);
	else if (!decided && within !== null)
		sentences.push(
			`In ${percent(Math.floor(100 * within) / 100)} of resamples that batch size is within ${percent(study.tolerance)} of the best; 95 % would settle it.`,
		);
	return sentences;
}

/** What the user's own setting takes to end at the goal, next to the recommended one; null where it has not run. */
export function ownLengthSentence({ ending }: Pick<Findings, "ending">): string | null {
	if (!ending?.own || ending.own.state === "open") return null;
	const { own, best } = ending;
	const name = `Yours, ${choiceText({ ...own, learningRate: own.learningRate ?? Number.NaN })},`;
	if (own.batchSize === best?.batchSize && own.learningRate === best.learningRate) return `${name} is the recommended setting.`;
	if (own.steps.estimate === null) return `${name} did not end there at any length within the limits.`;
	const isTimed = own.seconds.estimate !== null && (best === null || best.seconds.estimate !== null);
	const length = ({ seconds, steps, examples }: EndingRow) =>
		isTimed
			? `${formatSecondsInterval(seconds)} (${formatInterval(steps)} steps)`
			: `${formatInterval(steps)} steps, ${formatInterval(examples)} examples,`;
	const verb = isTimed ? "takes" : "needs";
	const other = best === null ? "" : `; this one ${verb} ${length(best).replace(/,$/, "")}`;
	return `${name} ${verb} ${length(own)} to end there${other}. Fresh seeds are the same for both.`;
}

/** The length to type: the least that meets the goal, in steps or in whole epochs, rounded up. */
function lengthWords(study: Study, { batchSize, steps }: EndingRow): string {
	const least = Math.ceil(steps.estimate ?? 0);
	if (!isCommand(study.workload) || !takesEpochs(study.workload)) return `${formatCount(least)} steps`;
	const epochs = Math.ceil(least / stepsPerEpoch(batchSize, study));
	return `${formatCount(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
}

/** The least length at each batch size that was tried. */
export function endingTable({ rows, best }: EndingFinding): TextTable {
	const figure = (title: string) => ({ title, kind: "figure" as const });
	const cell = (estimate: Estimate, format: (of: Estimate) => string, { isShortest }: EndingRow) => {
		if (estimate.estimate === null) return none;
		if (isShortest && estimate.high === estimate.estimate) return `at most ${format({ ...estimate, low: null, high: null })}`;
		return format(estimate);
	};
	return {
		columns: ["batch size", "learning rate", "least length, steps", "examples", "time", "fresh runs"].map(figure),
		rows: rows.map((row) => {
			const { batchSize, learningRate, state, steps, examples, seconds, runs } = row;
			return {
				cells: [
					formatCount(batchSize),
					learningRate === null ? none : formatRate(learningRate),
					state === "not reached" ? "not reached" : state === "open" ? "not finished" : cell(steps, formatInterval, row),
					cell(examples, formatInterval, row),
					cell(seconds, formatSecondsInterval, row),
					runs === 0 ? none : formatCount(runs),
				],
				chosen: batchSize === best?.batchSize,
				batchSize,
			};
		}),
	};
}

/** What lessens the trust in such an answer. */
export function endingWarnings({ rows }: EndingFinding, study: Study): string[] {
	const found: string[] = [];
	const shortest = rows.filter(({ isShortest, diverged }) => isShortest && diverged === 0).map(({ batchSize }) => formatCount(batchSize));
	if (shortest.length > 0)
		found.push(
			`Batch ${shortest.length === 1 ? "size" : "sizes"} ${listed(shortest)}: the shortest training possible meets the goal already, so the least length is at most that; a harder goal tells sizes apart better.`,
		);
	for (const row of rows) {
		const { batchSize, diverged, runs, lengths, steps } = row;
		const size = `Batch size ${formatCount(batchSize)}`;
		if (diverged > 0) found.push(`${size}: ${formatCount(diverged)} of ${formatCount(runs)} fresh runs diverged; it is not recommended.`);
		if (isUnknown(row))
			found.push(
				`${size}: its ends on fresh seeds don’t get better with the length, so they show no least length; whether it needs less than the recommended size is open.`,
			);
		const [least, most] = [lengths[0], lengths.at(-1)];
		const { estimate } = steps;
		if (estimate !== null && least !== undefined && most !== undefined && (estimate < least || estimate > most))
			found.push(
				`${size}: the least length, ${formatInterval({ estimate, low: null, high: null }, plain)} steps, lies outside of those that ran on fresh seeds (${formatCount(least)} to ${formatCount(most)}).`,
			);
	}
	if (study.seeds.reporting < 7)
		found.push("Fewer than 7 fresh seeds at each length: the intervals cover less than the 95 % they claim (seeds.reporting).");
	return found;
}
