import type { Evaluation, FinishedTrial, Outcome } from "../core/trial.js";
import type { TradeoffRow } from "./findings.js";

/** The learning curve of one reporting run, thinned to what is visible on a logarithmic axis. */
export interface LearningCurve {
	readonly batchSize: number;
	readonly seedIndex: number;
	readonly outcome: Outcome;
	/** The run of median length at its batch size. */
	readonly isMedian: boolean;
	/** In the order of steps; looks at which nothing was measured are left out. */
	readonly looks: readonly Pick<Evaluation, "step" | "examples" | "metrics">[];
}

/** Most runs kept at one batch size: more would blur the chart and make the page too large. */
export const mostCurves = 12;

/** Looks closer together than this ratio of steps can't be distinguished: about sixty of them span three decades. */
const thinningRatio = 1.12;

/**
 * The curves of the reporting runs that kept them, by ascending batch size: at each the run of median length first, then others up to
 * `mostCurves`. Only runs at the rate that is reported count where there is one, since runs made elsewhere may have several. Reads the
 * looks of each chosen run once.
 */
export function learningCurvesOf(
	trials: readonly FinishedTrial[],
	tradeoff: readonly Pick<TradeoffRow, "batchSize" | "learningRate">[],
): readonly LearningCurve[] {
	const rates = new Map(tradeoff.map(({ batchSize, learningRate }) => [batchSize, learningRate]));
	const bySize = new Map<number, FinishedTrial[]>();
	for (const trial of trials) {
		const { phase, curves, batchSize, learningRate } = trial.spec;
		if (phase !== "reporting" || !curves || trial.result.steps === 0) continue;
		if ((rates.get(batchSize) ?? learningRate) !== learningRate) continue;
		const runs = bySize.get(batchSize);
		if (runs) runs.push(trial);
		else bySize.set(batchSize, [trial]);
	}
	const sizes = [...bySize].sort(([a], [b]) => a - b);
	return sizes.flatMap(([, runs]) => {
		const median = medianRun(runs);
		const chosen = [median, ...runs.filter((run) => run !== median).slice(0, mostCurves - 1)];
		return chosen.map((run) => curveOf(run, run === median)).filter(({ looks }) => looks.length > 0);
	});
}

function curveOf({ spec, result }: FinishedTrial, isMedian: boolean): LearningCurve {
	const all = result.evaluations.filter(({ metrics }) => Object.keys(metrics).length > 0);
	let next = 0;
	const kept = all.filter(({ step }, i) => {
		if (step < next && i < all.length - 1) return false;
		next = step * thinningRatio;
		return true;
	});
	const looks = kept.map(({ step, examples, metrics }) => ({ step, examples, metrics }));
	return { batchSize: spec.batchSize, seedIndex: spec.seedIndex, outcome: result.outcome, isMedian, looks };
}

/** The run of median steps-to-target; a run that missed or diverged counts as longer than any that reached the goal. */
function medianRun(trials: readonly FinishedTrial[]): FinishedTrial {
	const steps = ({ result }: FinishedTrial) => result.reached?.step ?? Number.POSITIVE_INFINITY;
	const order = [...trials].sort((a, b) => (steps(a) < steps(b) ? -1 : steps(a) > steps(b) ? 1 : a.spec.seedIndex - b.spec.seedIndex));
	return order[Math.floor((order.length - 1) / 2)];
}
