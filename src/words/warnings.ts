import type { Findings } from "../analysis/findings.js";
import { isCoarse } from "../analysis/late-looks.js";
import { isLadder } from "../study/ladder/is-ladder.js";
import type { Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { useOfSeeds } from "./equal-seeds.js";
import { importedWarnings, keyHint } from "./imported.js";
import { widthsOf } from "./late-looks.js";
import { listed } from "./listed.js";
import { longerTraining, stoppedTrials, theirLimit } from "./longer-training.js";
import { formatCount, formatNumber, formatRate, formatSeconds } from "./numbers.js";
import { unsureClockSentence } from "./unsure-clock.js";

/** From here on the 95 % interval of a median over runs is one: with fewer runs it covers less than it claims. */
const enoughSeeds = 7;

/** What lessens the trust in the answer, a sentence each, with the key of the study that fixes it. Empty where there is none. */
export function warnings(findings: Findings, study: Study): string[] {
	const { tradeoff, cost } = findings;
	const found: string[] = [];
	const { isTrainable, isDeterministic, timing, trainer } = traitsOf(study.workload);
	const say = (sizes: readonly number[], rest: (sizes: string) => string) => {
		if (sizes.length > 0) found.push(rest(named(sizes)));
	};
	const sizesWhere = (test: (row: Findings["tradeoff"][number]) => boolean) => tradeoff.filter(test).map(({ batchSize }) => batchSize);

	say(
		sizesWhere(({ outcome }) => outcome === "open"),
		(sizes) => {
			if (!isTrainable) return `${sizes}: no runs to report.`;
			return findings.recommendation.batchSize === null
				? `${sizes}: not finished.`
				: `${sizes}: not finished; this is the best answer so far.`;
		},
	);
	if (findings.failure === null)
		say(
			sizesWhere(({ allFailed }) => allFailed === true),
			(sizes) => `${sizes}: every trial failed, so nothing was measured.`,
		);
	if (findings.recommendation.verdict !== "not reached" && findings.failure === null)
		say(
			sizesWhere(({ outcome, allFailed }) => outcome === "not reached" && !allFailed),
			(sizes) =>
				isTrainable
					? `${sizes}: the goal was not reached within the limits (limits.epochs, limits.steps).`
					: `${sizes}: most runs ended before they reached the goal.`,
		);
	const stopped = tradeoff.reduce((sum, row) => sum + (row.stopped ?? 0), 0);
	say(
		sizesWhere((row) => row.stopped !== undefined && isTrainable),
		(sizes) =>
			`${sizes}: ${stoppedTrials(stopped, cost.trials)} before ${theirLimit(stopped)}, without the goal; ${longerTraining(study)}, ` +
			"or large batches have fewer steps than they need.",
	);
	say(
		sizesWhere(({ outcome, equalSeeds }) => outcome === "reached" && equalSeeds === true),
		(sizes) => `${sizes}: one run and no interval, since all seeds give equal results; ${useOfSeeds(study)}.`,
	);
	say(
		sizesWhere(({ outcome }) => outcome === "out of memory"),
		(sizes) => `${sizes}: out of memory; no larger batch size was tried.`,
	);
	say(
		sizesWhere(({ outcome, startUp }) => outcome === "reached" && startUp === true),
		(sizes) => `${sizes}: the script reported only once per run, so the time per step includes its start-up. Let it report more often.`,
	);
	const scattered = tradeoff.filter(({ clockScatter, startUp }) => timing === "apart" && clockScatter !== undefined && !startUp);
	say(
		scattered.map(({ batchSize }) => batchSize),
		(sizes) =>
			`${sizes}: the time per step is unreliable, since even the middle half of its timings differ by up to ${scatterPercent(scattered)} %. ` +
			"Run the study again with --fresh on an idle machine.",
	);
	const late = isTrainable ? findings.lateLooks.filter(isCoarse) : [];
	const toFirst = late.every(({ ratio }) => ratio === null);
	say(
		late.map(({ batchSize }) => batchSize),
		(sizes) =>
			`${sizes}: ${toFirst ? "the first report met the goal, so " : ""}steps are known only to one ${late.every(({ isEpoch }) => isEpoch) ? "epoch" : "report"} (${widthsOf(late)}); let the ${trainer} report more often${toFirst ? ", or set a goal that is harder to reach" : ""}.`,
	);
	const timed = tradeoff.some(({ outcome, secondsPerStep }) => outcome === "reached" && secondsPerStep.median !== null);
	say(
		sizesWhere(({ outcome, secondsPerStep }) => timed && outcome === "reached" && secondsPerStep.median === null),
		(sizes) => `${sizes}: no time per step is known, so it is left out of comparisons of time.`,
	);
	const uneven = tradeoff.filter(({ examplesPerStep }) => examplesPerStep !== undefined);
	say(
		uneven.map(({ batchSize }) => batchSize),
		(sizes) =>
			`${sizes}: the last batch of an epoch is so small that a step uses ${listed(uneven.map(({ examplesPerStep = 0 }) => formatCount(examplesPerStep)))} ` +
			`examples (harmonic mean); left out of the fit and the recommendation. ${
				timing === "apart"
					? `Drop the last batch${keyHint(study, "workload.lastBatch")}`
					: `Let the ${trainer} drop the last batch, and say so${keyHint(study, "workload.lastBatch: drop")}`
			}.`,
	);
	const clock = unsureClockSentence(findings);
	if (clock !== null) found.push(clock);
	say(
		sizesWhere(({ atEdge }) => atEdge),
		(sizes) =>
			`${sizes}: the best learning rate lies at the end of the range tried, and a better one may lie beyond${keyHint(study, "tune.learningRate")}.`,
	);
	for (const { batchSize, learningRate, replaced } of tradeoff)
		if (replaced.length > 0 && learningRate !== null) found.push(replacedSentence(batchSize, learningRate, replaced));
	const { reporting } = study.seeds;
	if (!isTrainable) found.push(...importedWarnings(findings, study, named));
	if (reporting < enoughSeeds && !isLadder(study))
		found.push(
			`Only ${reporting} reporting ${reporting === 1 ? "run" : "runs"} at each batch size: with fewer than ${enoughSeeds}, ` +
				`the intervals cover less than the 95 % they claim${keyHint(study, "seeds.reporting")}.`,
		);
	if (isTrainable && !isDeterministic)
		found.push(
			`Running the study again may give other numbers, unless the ${trainer} is deterministic${
				isLadder(study) ? "; and which settings are tried depends on how long its steps take" : ""
			}.`,
		);
	if (study.data.test === 0 && isTrainable)
		found.push("No test set: the answer was not checked on examples that were kept out of the search.");
	if (study.limits.seconds !== null)
		found.push(
			`Trials were limited to ${formatSeconds(study.limits.seconds)} each: on another machine the answer may differ (limits.seconds).`,
		);
	return found;
}

const scatterPercent = (rows: Findings["tradeoff"]): string =>
	formatNumber(100 * (Math.max(...rows.map(({ clockScatter = 1 }) => clockScatter)) - 1));

const named = (sizes: readonly number[]): string => `${sizes.length > 1 ? "Batch sizes" : "Batch size"} ${listed(sizes.map(formatCount))}`;

function replacedSentence(batchSize: number, learningRate: number, replaced: readonly number[]): string {
	const [rates, their] =
		replaced.length > 1 ? ["learning rates", "were selected first, but their"] : ["learning rate", "was selected first, but its"];
	return (
		`Batch size ${formatCount(batchSize)}: ${rates} ${listed(replaced.map(formatRate))} ${their} reporting runs mostly missed the goal; ` +
		`${formatRate(learningRate)} is reported instead.`
	);
}
