import { mean } from "../core/mean.js";
import type { FinishedTrial, GradientNorms } from "../core/trial.js";
import { type Estimate, type LocalNoiseScale, type NoiseScaleRun, noEstimate } from "./findings.js";
import { fieller, type GradientMoments } from "./noise-scale.js";
import { studentTwoSided } from "./student.js";

/** Fewer runs have no spread that an interval could be made of. */
const fewestRuns = 3;

/**
 * What two batch sizes show at the same weights, both drawn without replacement from N examples:
 *
 *     variance = (|G_s|² − |G_b|²)/(1/B_s − 1/B_b)          signal = |G_b|² − (1/B_b − 1/N) · variance
 *
 * Unbiased, and not clamped: see `gradientMoments`. Source: McCandlish et al. 2018, appendix A.1; the 1/N is ours.
 */
export function momentsOfTwo({ small, big }: GradientNorms, population: number): GradientMoments {
	const variance = (small.squaredNorm - big.squaredNorm) / (1 / small.batch - 1 / big.batch);
	return { variance, signal: big.squaredNorm - (1 / big.batch - 1 / population) * variance };
}

/**
 * The noise scale along runs that told their gradient's norms: trials of one batch size and rate that differ in their seeds. One pair of norms says nothing of how sure
 * it is; the spread over the runs does. So the local value is that of the mean moments at a step where all runs told of it, with Fieller's interval from
 * their covariance over runs. The mean of the local values has the interval of a jackknife that leaves out one run at a time: the steps of one run have
 * its weights in common. Null where fewer than three runs told their norms.
 */
export function noiseScaleOfRuns(trials: readonly FinishedTrial[], population: number): NoiseScaleRun | null {
	const told = trials.filter(({ result }) => (result.gradientNorms ?? []).length > 0);
	if (told.length < fewestRuns) return null;
	const runs = told.map(({ result }) => new Map(result.gradientNorms?.map((norms) => [norms.step, momentsOfTwo(norms, population)])));
	const steps = [...runs[0].keys()].filter((step) => runs.every((run) => run.has(step)));
	if (steps.length === 0) return null;
	const places = steps.map((step) => runs.flatMap((run) => run.get(step) ?? []));
	const local = steps.map((step, i) => localScale(step, places[i]));
	const [{ spec }] = told;
	return { batchSize: spec.batchSize, learningRate: spec.learningRate, runs: told.length, mean: meanOverRuns(places, local), local };
}

function localScale(step: number, moments: readonly GradientMoments[]): LocalNoiseScale {
	const count = moments.length;
	const centre = meanMoments(moments);
	/** Covariance of the means of two moments. */
	const scatter = (a: keyof GradientMoments, b: keyof GradientMoments) =>
		moments.reduce((sum, one) => sum + (one[a] - centre[a]) * (one[b] - centre[b]), 0) / (count * (count - 1));
	const spread = { signal: scatter("signal", "signal"), variance: scatter("variance", "variance"), both: scatter("signal", "variance") };
	return { step, noiseScale: fieller(centre, spread, count - 1), ...centre };
}

/** `places`: at every step, the moments of every run. Where one local value cannot be told, neither can the mean. */
function meanOverRuns(places: readonly (readonly GradientMoments[])[], local: readonly LocalNoiseScale[]): Estimate {
	if (local.some(({ noiseScale }) => noiseScale.estimate === null)) return noEstimate;
	const runs = places[0].length;
	const without = (left: number) => mean(places.map((moments) => ratio(meanMoments(moments.filter((_, run) => run !== left)))));
	const estimate = mean(places.map((moments) => ratio(meanMoments(moments))));
	const jackknifed = Array.from({ length: runs }, (_, run) => without(run));
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
