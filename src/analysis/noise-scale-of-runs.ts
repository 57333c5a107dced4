import { mean } from "../core/mean.js";
import type { FinishedTrial, TrialResult } from "../core/trial.js";
import { type Estimate, type LocalNoiseScale, type NoiseScaleRun, noEstimate } from "./findings.js";
import { fieller, type GradientMoments, gradientMoments, shareOfSteps } from "./noise-scale.js";
import { studentTwoSided } from "./student.js";
import { momentsOfTwo } from "./two-norms.js";

/** Fewer runs show too little spread for an interval. */
const fewestRuns = 3;

/** The moments of several runs at one place: the same step in all, or the end of each. */
interface Place {
	readonly step: number;
	readonly moments: readonly GradientMoments[];
}

/**
 * The noise scale along runs of one batch size and rate that differ in their seeds, from probes or from the gradient's norms: one run's
 * probes show how sure they are themselves, but not how much runs differ. So the local value is that of the mean moments over runs, at the
 * steps that all runs have and at their ends, with Fieller's interval from the covariance over runs. Their mean over steps has the interval
 * of a jackknife that leaves out one run at a time, as the places of one run have its weights in common. Null where fewer than three runs
 * show anything.
 */
export function noiseScaleOfRuns(trials: readonly FinishedTrial[], population: number): NoiseScaleRun | null {
	const shown = trials.flatMap(({ spec, result }) => {
		const moments = momentsAlong(result, population);
		return moments.size > 0 ? [{ spec, moments }] : [];
	});
	if (shown.length < fewestRuns) return null;
	const places = placesOf(shown.map(({ moments }) => moments));
	const local = places.map(localScale);
	const [{ spec }] = shown;
	const { batchSize, learningRate } = spec;
	return { batchSize, learningRate, runs: shown.length, mean: meanOverRuns(places, local), local };
}

/** By step, ascending. */
const momentsAlong = ({ probes, gradientNorms = [] }: TrialResult, population: number): ReadonlyMap<number, GradientMoments> =>
	new Map(
		probes.length > 0
			? probes.map((probe) => [probe.step, gradientMoments(probe, population)])
			: gradientNorms.map((norms) => [norms.step, momentsOfTwo(norms, population)]),
	);

/** The steps that all runs have, and behind them the end of each run, at their mean step, where runs ended apart. */
function placesOf(runs: readonly ReadonlyMap<number, GradientMoments>[]): readonly Place[] {
	const common = [...runs[0].keys()].filter((step) => runs.every((run) => run.has(step)));
	const places = common.map((step) => ({ step, moments: runs.flatMap((run) => run.get(step) ?? []) }));
	const ends = runs.flatMap((run) => [...run].slice(-1));
	const end = mean(ends.map(([step]) => step));
	if (end > (common.at(-1) ?? -1)) places.push({ step: Math.round(end), moments: ends.map(([, moments]) => moments) });
	return places;
}

function localScale({ step, moments }: Place): LocalNoiseScale {
	const count = moments.length;
	const centre = meanMoments(moments);
	/** Covariance of the means of two moments. */
	const scatter = (a: keyof GradientMoments, b: keyof GradientMoments) =>
		moments.reduce((sum, one) => sum + (one[a] - centre[a]) * (one[b] - centre[b]), 0) / (count * (count - 1));
	const spread = { signal: scatter("signal", "signal"), variance: scatter("variance", "variance"), both: scatter("signal", "variance") };
	return { step, noiseScale: fieller(centre, spread, count - 1), ...centre };
}

/** Where one local value is unknown, so is the mean. */
function meanOverRuns(places: readonly Place[], local: readonly LocalNoiseScale[]): Estimate {
	if (local.some(({ noiseScale }) => noiseScale.estimate === null)) return noEstimate;
	const shares = shareOfSteps(places.map(({ step }) => step));
	const over = (kept: (run: number) => boolean) =>
		places.reduce((sum, { moments }, i) => sum + shares[i] * ratio(meanMoments(moments.filter((_, run) => kept(run)))), 0);
	const runs = places[0].moments.length;
	const estimate = over(() => true);
	const jackknifed = Array.from({ length: runs }, (_, left) => over((run) => run !== left));
	const centre = mean(jackknifed);
	const error = Math.sqrt(((runs - 1) / runs) * jackknifed.reduce((sum, value) => sum + (value - centre) ** 2, 0));
	const reach = studentTwoSided(0.05, runs - 1) * error;
	return { estimate, low: Math.max(0, estimate - reach), high: estimate + reach };
}

const ratio = ({ variance, signal }: GradientMoments): number => variance / signal;
const meanMoments = (moments: readonly GradientMoments[]): GradientMoments => ({
	signal: mean(moments.map(({ signal }) => signal)),
	variance: mean(moments.map(({ variance }) => variance)),
});
