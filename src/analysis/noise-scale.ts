import { internal } from "../core/errors.js";
import type { FinishedTrial, NoiseProbe } from "../core/trial.js";
import { type Estimate, type LocalNoiseScale, type NoiseScaleRun, noEstimate } from "./findings.js";
import { studentTwoSided } from "./student.js";

/** What a probe shows of the gradient at one place. */
export interface GradientMoments {
	/** Unbiased estimate of |G|², G the gradient over all N examples. May be negative where noise dominates. */
	readonly signal: number;
	/** Unbiased estimate of tr(Σ), the summed variance of per-example gradients (divisor N−1). */
	readonly variance: number;
}

/**
 * Splits what n = K·b examples, drawn without replacement from N, show into noise and signal:
 *
 *     variance = n/(n−1) · (mean|g_i|² − |G_n|²)          signal = |G_n|² − (1/n − 1/N) · variance
 *
 * The first is the sample variance summed over parameters. The mean of n has variance (1/n − 1/N)·tr(Σ), so its squared norm overshoots
 * |G|² by just that, which the second takes off. Neither is clamped: a clamp would bias every average of them. |G_n|² is the mean of the
 * Gram matrix of the groups' mean gradients. `without`: a group to leave out.
 *
 * Where single examples have no gradients (under batch normalization) the groups themselves are what varies, b·tr of their sample variance:
 *
 *     variance = b·K/(K−1) · (mean|G_k|² − |G_n|²) = (mean|G_k|² − |G_n|²)/(1/b − 1/n)
 *
 * which is what gradients at two batch sizes, b and n, give (there, equation A.2).
 *
 * Source: McCandlish et al. 2018, appendix A.1. Theirs is a stream of fresh examples (N = ∞); the 1/N is ours.
 */
export function gradientMoments({ groupSize, squaredNormSums, gram }: NoiseProbe, population: number, without?: number): GradientMoments {
	const groups = Math.sqrt(gram.length);
	const kept = Array.from({ length: groups }, (_, k) => k).filter((k) => k !== without);
	const n = kept.length * groupSize;
	let squares = 0;
	let ofGroups = 0;
	let products = 0;
	for (const k of kept) {
		squares += squaredNormSums[k];
		ofGroups += gram[k * groups + k];
		for (const l of kept) products += gram[k * groups + l];
	}
	const ofMean = products / (kept.length * kept.length);
	const whole = squaredNormSums.length === 0;
	const units = whole ? kept.length : n;
	if (units < 2) throw internal(`a probe needs two ${whole ? "groups" : "examples"} to show a variance, got ${units}`);
	const variance = whole ? (groupSize * (ofGroups - units * ofMean)) / (units - 1) : (squares - n * ofMean) / (n - 1);
	return { variance, signal: ofMean - (1 / n - 1 / population) * variance };
}

/** Variances and covariance of the two moments. */
interface Scatter {
	readonly signal: number;
	readonly variance: number;
	readonly both: number;
}

/**
 * Leave-one-group-out jackknife: (K−1)/K times the summed squares of what leaving out each group changes; times 1 − n/N, since what was
 * seen of a finite training set leaves only the rest unsure; but not where groups vary with how they are put together, as under batch
 * normalization. Null for a single group.
 */
function jackknife(probe: NoiseProbe, population: number): Scatter | null {
	const groups = Math.sqrt(probe.gram.length);
	const whole = probe.squaredNormSums.length === 0;
	const unseen = whole ? 1 : 1 - (groups * probe.groupSize) / population;
	if (groups < 2 || (groups - 1) * (whole ? 1 : probe.groupSize) < 2) return null;
	const without = Array.from({ length: groups }, (_, k) => gradientMoments(probe, population, k));
	const mean = (key: keyof GradientMoments) => without.reduce((sum, moments) => sum + moments[key], 0) / groups;
	const centre = { signal: mean("signal"), variance: mean("variance") };
	const scatter = (a: keyof GradientMoments, b: keyof GradientMoments) =>
		(unseen * (groups - 1) * without.reduce((sum, moments) => sum + (moments[a] - centre[a]) * (moments[b] - centre[b]), 0)) / groups;
	return { signal: scatter("signal", "signal"), variance: scatter("variance", "variance"), both: scatter("signal", "variance") };
}

/**
 * B_simple = tr(Σ)/|G|² at the weights of one probe, in examples, with its 95 % interval. A probe of the whole training set is exact: its
 * interval has no width.
 */
export function localNoiseScale(probe: NoiseProbe, population: number): LocalNoiseScale {
	const groups = Math.sqrt(probe.gram.length);
	const moments = gradientMoments(probe, population);
	const noiseScale =
		probe.squaredNormSums.length > 0 && groups * probe.groupSize >= population
			? exactly(moments)
			: fieller(moments, jackknife(probe, population), groups - 1);
	return { step: probe.step, noiseScale, ...moments };
}

function exactly({ signal, variance }: GradientMoments): Estimate {
	const estimate = variance / signal;
	return signal > 0 ? { estimate, low: estimate, high: estimate } : noEstimate;
}

/**
 * variance/signal with its 95 % interval after Fieller 1954: all ratios ρ for which variance − ρ·signal is no further from 0 than t times
 * its own standard error, t Student's with this many degrees of freedom. If the signal itself is compatible with 0, that set has no bounds,
 * and the ratio is unknown.
 */
export function fieller({ signal, variance }: GradientMoments, scatter: Scatter | null, degreesOfFreedom: number): Estimate {
	if (!scatter) return noEstimate;
	const t = studentTwoSided(0.05, degreesOfFreedom);
	// (variance − ρ·signal)² ≤ t²(scatter.variance − 2ρ·scatter.both + ρ²·scatter.signal), a quadratic in ρ
	const a = signal * signal - t * t * scatter.signal;
	if (!(signal > 0 && a > 0)) return noEstimate;
	const b = signal * variance - t * t * scatter.both;
	const c = variance * variance - t * t * scatter.variance;
	const root = Math.sqrt(Math.max(0, b * b - a * c));
	const estimate = variance / signal;
	return { estimate, low: Math.min(estimate, Math.max(0, (b - root) / a)), high: Math.max(estimate, (b + root) / a) };
}

/**
 * The share of each place of a run in a mean over its steps, where a value is known at these steps (ascending) and goes straight from one
 * to the next: the trapezoid rule. They sum to 1.
 *
 * Why over steps: with B(s) the local noise scale, S_min = ∫ds and E_min = ∫B(s)ds, so that B_crit = E_min/S_min is its mean over steps
 * (McCandlish et al. 2018, appendix D).
 */
export function shareOfSteps(steps: readonly number[]): readonly number[] {
	if (steps.length === 1) return [1];
	const whole = steps[steps.length - 1] - steps[0];
	return steps.map((step, i) => ((steps[i + 1] ?? step) - (steps[i - 1] ?? step)) / (2 * whole));
}

/**
 * The noise scale along one run: the mean of the local values over its steps, never a ratio of averages over the run, which would mix early
 * gradients with late ones. Its interval covers only the probes' own error, not the differences between runs. `trial`: at least one probe.
 */
export const noiseScaleOf = ({ spec, result }: FinishedTrial, population: number): NoiseScaleRun =>
	noiseScaleAlong(
		spec,
		result.probes.map((probe) => localNoiseScale(probe, population)),
	);

/** The same from the local values. */
export const noiseScaleAlong = (
	{ batchSize, learningRate }: Pick<NoiseScaleRun, "batchSize" | "learningRate">,
	local: readonly LocalNoiseScale[],
): NoiseScaleRun => ({ batchSize, learningRate, runs: 1, mean: meanOf(local), local });

/**
 * The mean of local values over steps. Its interval: the distances of the local ends from their estimates add as squares, each side on its
 * own (Zou & Donner 2008, MOVER, since they are drawn independently). Where one is unknown, so is the mean.
 */
function meanOf(local: readonly LocalNoiseScale[]): Estimate {
	const shares = shareOfSteps(local.map(({ step }) => step));
	let mean = 0;
	let below = 0;
	let above = 0;
	for (const [i, { noiseScale }] of local.entries()) {
		const { estimate, low, high } = noiseScale;
		if (estimate === null || low === null || high === null) return noEstimate;
		mean += shares[i] * estimate;
		below += (shares[i] * (estimate - low)) ** 2;
		above += (shares[i] * (high - estimate)) ** 2;
	}
	return { estimate: mean, low: Math.max(0, mean - Math.sqrt(below)), high: mean + Math.sqrt(above) };
}
