import { badnessOf, comparedName, comparedValue, lookAtTheEnd } from "../core/compared.js";
import { type ComparisonAnswer, type ComparisonName, comparisonNames } from "../core/comparisons.js";
import { type Goal, goalKind, isHigherBetter, metricAt } from "../core/goal.js";
import type { Rng } from "../core/rng.js";
import { settingOf } from "../core/setting.js";
import type { FinishedTrial } from "../core/trial.js";
import { median, medianWithInterval, PairedBootstrap, type Placed, shares } from "./bootstrap.js";
import { type ComparisonFinding, type ComparisonRow, type Median, noMedian } from "./findings.js";
import { trialsOf } from "./reporting.js";
import { shownWorse } from "./shown-worse.js";

/** The question of the comparisons at equal budgets, and the trials that answer it. */
export interface ComparisonsInput {
	readonly answers: readonly ComparisonAnswer[];
	readonly trials: readonly FinishedTrial[];
	readonly goal: Goal;
	/** Epochs, steps and seconds of each budget. */
	readonly amounts: Readonly<Record<ComparisonName, number | null>>;
	/** Runs of a reporting block. */
	readonly reportingSeeds: number;
	readonly rng: Rng;
}

/** A finding for each budget. Sizes are compared by paired resamples, as the same seed gives the same initial weights at every size. */
export const comparisonFindings = (input: ComparisonsInput): readonly ComparisonFinding[] =>
	input.answers.length === 0
		? []
		: comparisonNames.map((comparison) => ({
				comparison,
				amount: input.amounts[comparison],
				metric: comparedName(input.goal),
				rows: rowsOf(input, comparison),
			}));

/** A row, and the draws of how bad its value is (`badnessOf`). Null where there is no value. */
interface Measured {
	readonly row: ComparisonRow;
	readonly badness: { readonly value: number; readonly draws: Float64Array } | null;
}

function rowsOf(input: ComparisonsInput, comparison: ComparisonName): readonly ComparisonRow[] {
	const bootstrap = new PairedBootstrap(input.rng.split(comparison));
	const measured = input.answers.filter((answer) => answer.comparison === comparison).map((answer) => measure(input, bootstrap, answer));
	const sized = measured.flatMap(({ badness }, i) => (badness ? [{ i, ...badness }] : []));
	if (sized.length === 0) return measured.map(({ row }) => row);
	const best = sized.reduce((least, size) => (size.value < least.value ? size : least));
	const others = sized.filter(({ i }) => i !== best.i);
	const isWorse = shownWorse(others.map(({ draws }) => shareAsGood(draws, best.draws)));
	const worse = new Set(others.filter((_, k) => isWorse[k]).map(({ i }) => i));
	return measured.map(({ row, badness }, i) => ({
		...row,
		standing: badness === null ? null : i === best.i ? "best" : worse.has(i) ? "worse" : "even",
	}));
}

/** The share of resamples in which the size is at least as good as the best. */
const shareAsGood = (draws: Float64Array, best: Float64Array): number =>
	draws.reduce((count, draw, r) => (draw <= best[r] ? count + 1 : count), 0) / draws.length;

function measure({ trials, goal, reportingSeeds }: ComparisonsInput, bootstrap: PairedBootstrap, answer: ComparisonAnswer): Measured {
	const { comparison, batchSize, steps, learningRate, atEdge, state } = answer;
	const block = state === "done" ? trialsOf(trials, `${comparison} reporting`, batchSize) : [];
	const runs = block.filter(({ spec }) => spec.learningRate === learningRate && spec.seedIndex < reportingSeeds);
	const over = (name: string, value: (trial: FinishedTrial) => number) => {
		const sample = runs.map((trial): Placed => ({ place: trial.spec.seedIndex, value: value(trial) }));
		return {
			value: median(sample.map((placed) => placed.value)),
			draws: bootstrap.medians(`${name} ${batchSize}`, sample, "linear"),
			count: runs.length,
		};
	};
	const badness = over("value", (trial) => badnessOfRun(trial, steps, goal).end);
	const summary = (drawn: typeof badness): Median =>
		drawn.count === 0 ? noMedian : medianWithInterval(drawn.value, drawn.draws, drawn.count, isShare(goal) ? shares : undefined);
	const row: ComparisonRow = {
		batchSize,
		steps,
		learningRate,
		...settingOf(answer),
		atEdge,
		outcome: state === "done" ? "measured" : state,
		value: asMetric(summary(badness), goal),
		bestSeen: asMetric(summary(over("best", (trial) => badnessOfRun(trial, steps, goal).least)), goal),
		gap: summary(over("gap", (trial) => gapOf(trial, steps, goal))),
		standing: null,
		runs: runs.length,
	};
	return { row, badness: Number.isFinite(badness.value) ? badness : null };
}

const isShare = (goal: Goal): boolean => ["accuracy", "error"].includes(goalKind(goal));

/** How bad a run is at the end of the budget, and at its best look; ∞ if it didn't get there. */
function badnessOfRun({ result }: FinishedTrial, steps: number, goal: Goal): { readonly end: number; readonly least: number } {
	const bad = result.evaluations.flatMap((evaluation) => {
		const value = comparedValue(goal, evaluation);
		return value === undefined ? [] : [badnessOf(goal, value)];
	});
	const last = lookAtTheEnd(result, steps);
	const end = last && comparedValue(goal, last);
	return { end: end === undefined ? Number.POSITIVE_INFINITY : badnessOf(goal, end), least: Math.min(...bad) };
}

/** Training metric minus held-out metric at the end; ∞ if the run didn't get there, or where the metric is the user's own. */
function gapOf({ result }: FinishedTrial, steps: number, goal: Goal): number {
	const last = lookAtTheEnd(result, steps);
	const kind = goalKind(goal);
	if (!last || kind === "own") return Number.POSITIVE_INFINITY;
	return (metricAt("train", kind, last) ?? Number.POSITIVE_INFINITY) - (metricAt("validation", kind, last) ?? 0);
}

/** Back to the metric itself: where more of it is better, the ends change places. */
function asMetric(summary: Median, goal: Goal): Median {
	const back = (bad: number | null) => (bad === null ? null : badnessOf(goal, bad));
	const [median, low, high] = [summary.median, summary.low, summary.high].map(back);
	return isHigherBetter(goal) ? { median, low: high, high: low } : { median, low, high };
}
