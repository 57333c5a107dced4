import { describeGoal, type Goal } from "../../core/goal.js";
import { isBestGoal } from "../../core/horizon.js";
import { halfOctaveAbove, halfOctaveBelow } from "../../core/rates.js";
import type { Horizon } from "../../core/training-length.js";
import type { LayerSpec } from "../../engine/network-spec.js";
import { mostTimesTheRecommended } from "../../study/baseline.js";
import type { DesignTraits } from "../../study/contracts.js";
import { designOf } from "../../study/designs.js";
import { isEnding, isHorizon } from "../../study/horizon/is-horizon.js";
import { isLadder } from "../../study/ladder/is-ladder.js";
import { expectedTrainings } from "../../study/ladder/limits.js";
import type { Plan } from "../../study/plan.js";
import type { DescentWorkload, TrainableStudy } from "../../study/study.js";
import { writtenLayer } from "../../study/workloads/network/layers.js";
import { isDescent, isNetwork, traitsOf, workloadName } from "../../study/workloads/table.js";
import { commonBeginning } from "../../words/common-beginning.js";
import { formatCount, formatNumber, formatRate, formatSeconds } from "../../words/numbers.js";
import { searchedValues } from "../../words/setting.js";
import { descentFacts } from "./descent-words.js";
import { type Column, fitting, tableLines } from "./table.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { oneLine, padEnd, wrap } from "./text.js";

/**
 * What `tune` would do, as text: the arithmetic of every batch size, and what the study asks. `price`: facts of time and cost, where a
 * script was timed.
 */
export function renderPlan(
	terminal: Pick<Terminal, "width" | "color">,
	study: TrainableStudy,
	plan: Plan,
	price: readonly [string, string][] = [],
): string {
	const { bold, dim } = colorsOf(terminal);
	const [titles, ...rows] = tableLines(fitting([planColumns(plan, fullTitles), planColumns(plan, shortTitles)], terminal.width));
	const facts = planFacts(study, plan, price);
	const keyWidth = Math.max(...facts.map(([key]) => key.length)) + 2;
	const lines = facts.flatMap(([key, text]) => {
		const [first, ...rest] = wrap(text, terminal.width - keyWidth);
		return [`${dim(padEnd(key, keyWidth))}${first}`, ...rest.map((line) => " ".repeat(keyWidth) + line)];
	});
	return `${[bold(oneLine(study.name)), "", dim(titles), ...rows, "", ...lines].join("\n")}\n`;
}

const fullTitles = ["batch size", "gradient descent", "steps per epoch", "last batch", "updates at most"] as const;
const shortTitles = ["batch", "flavor", "steps/epoch", "last batch", "updates"] as const;

function planColumns({ rows, examples }: Plan, [size, flavor, steps, last, updates]: typeof fullTitles | typeof shortTitles): Column[] {
	const right = (title: string, of: (row: Plan["rows"][number]) => number): Column => ({
		title,
		align: "right",
		cells: rows.map((row) => formatCount(of(row))),
	});
	// An epoch is as long as there are examples, where that is known.
	const epoch = [right(steps, ({ stepsPerEpoch }) => stepsPerEpoch), right(last, ({ lastBatch }) => lastBatch)];
	return [
		right(size, ({ batchSize }) => batchSize),
		{ title: flavor, align: "left", cells: rows.map((row) => row.flavor) },
		...(examples > 0 ? epoch : []),
		right(updates, (row) => row.updates),
	];
}

function planFacts(study: TrainableStudy, plan: Plan, price: readonly [string, string][]): [string, string][] {
	const { workload, data, goal, tune } = study;
	const { traits, seeds: seedsOf } = designOf(study);
	const seeds = seedsOf(study);
	const [from, to] = [halfOctaveBelow(tune.learningRate.from), halfOctaveAbove(tune.learningRate.to)];
	return [
		...(isDescent(workload) ? trainedFacts(workload, data) : codeFacts(workload, data)),
		["goal", goalWords(goal)],
		[
			"learning rates",
			`${formatRate(tune.learningRate.from)} to ${formatRate(tune.learningRate.to)}, in half octaves (${formatCount(to - from + 1)} rates); further where the best is at an end`,
		],
		...searchedValues({ tune }),
		[
			"seeds",
			isBestGoal(goal)
				? `1 tuning, at most ${formatCount(seeds.reporting)} fresh ones`
				: isLadder(study)
					? "1 for all settings, further ones for the best, and fresh ones for what is recommended"
					: isEnding(study)
						? `${seeds.tuning} tuning, ${seeds.reporting} fresh`
						: `${seeds.tuning} tuning, ${seeds.selecting} selecting, ${seeds.reporting} reporting`,
		],
		["a trial ends", endWords(study)],
		...beginningFacts(study),
		["trials", trialsWords(plan, traits, study)],
		...priceWords(study, plan).map((words): [string, string] => ["price", words]),
		...(price.length > 0
			? price.map(([key, words]): [string, string] => [key, words])
			: timeWords(study, plan).map((words): [string, string] => ["time", words])),
	];
}

const goalWords = (goal: Goal): string =>
	isBestGoal(goal)
		? `${describeGoal(goal)} at the end of ${lengthWords(goal.horizon)}; a larger batch may lose ${formatNumber(goal.give)}`
		: describeGoal(goal);

function endWords(study: TrainableStudy): string {
	const { goal, limits, data } = study;
	if (isBestGoal(goal))
		return `at its planned length: the whole ${lengthWords(goal.horizon)}, or a sixteenth, an eighth, a quarter or a half of it`;
	const steps = `${formatCount(limits.steps)} ${limits.steps === 1 ? "step" : "steps"}`;
	const most = data.train === 0 ? steps : `${formatCount(limits.epochs)} epochs or ${steps}, whichever is more`;
	return isEnding(study) ? `at its planned length, at most ${most}` : `at the goal, or after ${most}`;
}

/** Whether longer trainings go on from shorter ones, where lengths are compared. */
function beginningFacts(study: TrainableStudy): [string, string][] {
	const words = isHorizon(study) || isEnding(study) ? commonBeginning(study) : null;
	return words === null ? [] : [["lengths", words]];
}

function lengthWords(horizon: Horizon): string {
	if ("epochs" in horizon) return `${formatNumber(horizon.epochs)} epochs`;
	if ("steps" in horizon) return `${formatCount(horizon.steps)} steps`;
	if ("examples" in horizon) return `${formatCount(horizon.examples)} examples`;
	return formatSeconds(horizon.seconds);
}

/** What such answers have cost, where that is known. */
const priceWords = (study: TrainableStudy, plan: Plan): readonly string[] =>
	isLadder(study) ? [ladderPrice(study)] : isEnding(study) ? [leastLengthPrice(plan)] : [];

/** Trainings of the least length for each trial that is planned, the fewest and the most that were measured: docs/schedules.md. */
const trainingsOfTrial = [1.2, 2.9] as const;

function leastLengthPrice({ trials }: Plan): string {
	const [fewest, most] = trainingsOfTrial.map((each) => formatCount(Number((each * trials).toPrecision(1))));
	return `about ${fewest} to ${most} trainings (runs of the least length at what is recommended)`;
}

/** See docs/price.md. */
const ladderPrice = (study: TrainableStudy): string =>
	`about ${formatCount(expectedTrainings(study))} trainings (runs to the goal at what is recommended), fewer where a training is long${study.baseline ? `; and up to ${mostTimesTheRecommended} for each run of your own setting` : ""}`;

function trialsWords({ trials, trialsAtMost }: Plan, { sizes }: DesignTraits, study: TrainableStudy): string {
	const some = sizes === "some" ? ", at some of these batch sizes" : "";
	if (isBestGoal(study.goal)) return `about ${formatCount(trials)} as a rule, most of them short${some}`;
	if (isLadder(study))
		return study.budget.trials === null
			? `about ${formatCount(trials)} as a rule, most of them a few steps long${some}`
			: `at most ${formatCount(study.budget.trials)} runs, each continued while it may win${some}`;
	// The most that any search may take says nothing of a search for a length.
	if (isEnding(study)) return `about ${formatCount(trials)} as a rule, of all lengths${some}`;
	const usual = trials === trialsAtMost ? "" : `about ${formatCount(trials)}, `;
	return `${usual}at most ${formatCount(trialsAtMost)}${some}`;
}

/** Nothing where nothing is known of it. How long a run to a goal takes is a guess: nothing has been trained. */
function timeWords(study: TrainableStudy, { seconds }: Plan): readonly string[] {
	const { budget, goal } = study;
	const words = [
		...(seconds === null ? [] : [`about ${formatSeconds(seconds)}`]),
		...(budget.seconds === null ? [] : [`at most ${formatSeconds(budget.seconds)}`]),
	];
	const isGuess = seconds !== null && !isBestGoal(goal) && !isEnding(study);
	if (isGuess) return [`${words.join(", ")}; longer where a run to the goal takes more than four epochs and a hundred steps`];
	return words.length === 0 ? [] : [words.join(", ")];
}

const codeFacts = (workload: TrainableStudy["workload"], { train }: TrainableStudy["data"]): [string, string][] => [
	[traitsOf(workload).trainer, workloadName(workload)],
	["data", `its own: ${train === 0 ? "how many training examples isn't known" : `${formatCount(train)} training examples`}`],
];

function trainedFacts(workload: DescentWorkload, data: TrainableStudy["data"]): [string, string][] {
	return [["data", `${workload.data.name}: ${setsOf(data)}`], ["model", modelOf(workload, data)], ...descentFacts(workload)];
}

function setsOf({ train, validation, test }: TrainableStudy["data"]): string {
	if (validation === 0 && test === 0) return `${formatCount(train)} training examples an epoch, nothing held out`;
	const sets = [`${formatCount(train)} training`, `${formatCount(validation)} validation`];
	return test === 0 ? `${sets.join(" and ")} examples, no test set` : `${sets.join(", ")} and ${formatCount(test)} test examples`;
}

function modelOf(workload: DescentWorkload, { features }: TrainableStudy["data"]): string {
	if (!isNetwork(workload)) return `its own, ${formatCount(features)} ${features === 1 ? "weight" : "weights"}`;
	return [`${formatCount(features)} features`, ...workload.model.map(layerName)].join(" → ");
}

/** `dense 64`; names alone as they are. */
function layerName(layer: LayerSpec): string {
	const written = writtenLayer(layer);
	if (typeof written === "string") return written;
	return Object.entries(written)
		.map(([key, value]) => `${key} ${Number.isInteger(value) ? formatCount(Number(value)) : value}`)
		.join(", ");
}
