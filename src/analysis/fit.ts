import type { Estimate, Fit } from "./findings.js";
import { Hyperbola, type Range, type Region, rangeOf, rise, type SizeRuns } from "./hyperbola.js";
import { maximise, signChange } from "./maximise.js";
import { studentTwoSided95 } from "./normal.js";
import { pooledSpread, type Spread } from "./spread.js";

const unknown: Estimate = { estimate: null, low: null, high: null };

/** Points of the curve that is drawn. */
const curvePoints = 49;

/** Exponents between which the free one is sought; as natural logarithm. */
const exponents: Range = { low: Math.log(0.1), high: Math.log(10) };

/**
 * S(B) = S_min (1 + B_crit/B), fitted to single runs in log space by maximum likelihood, with profile-likelihood intervals. With the exponent free,
 * S_min (1 + (B_crit/B)^α), it says whether the hyperbola holds; estimates and curve are always the hyperbola's.
 *
 * **Spread.** Log steps of single runs are normal around their size's mean with one sd, estimated within sizes (see `pooledSpread`) and then fixed.
 *
 * **Lack of fit.** The sizes' means don't lie on the curve exactly: rates are tuned on half octaves, so each size has an error all its runs share, and no
 * workload is exactly a hyperbola. With n runs at every size a shared error of variance τ² makes the variance of a size's mean σ²/n + τ², so it only
 * scales the log-likelihood around its maximum by φ = 1 + nτ²/σ². The estimate: D/(sizes − 2), at least 1, where D, the deviance, is twice the distance to the
 * likelihood with a free mean for every size. Intervals hold all values whose log-likelihood is at most φ·t²/2 below the maximum; t is Student's, with
 * the degrees of freedom of a sum of two variances (Satterthwaite 1946), σ² from the runs and the rest from the sizes.
 *
 * **Verdict.** "not a hyperbola": the exponent 1 lies outside the free exponent's interval, a likelihood-ratio test. It comes first: S ∝ B⁻² has no bend either.
 *
 * **No bend.** Where B_crit may as well be 0 or ∞ (S flat, or halving with every doubling), its interval is open at that side, that of E_min or S_min with it.
 *
 * Sources: the hyperbola: McCandlish et al. 2018, equation 2.11. The scale factor: McCullagh & Nelder 1989, chapter 9. `sizes`: ascending, each with at
 * least one run that reached the goal.
 */
export function fitCurve(sizes: readonly SizeRuns[], looksRatio: number): Fit {
	if (sizes.length < 3) return tooFew;
	const spread = pooledSpread(
		sizes.map(({ runs }) => runs),
		looksRatio,
	);
	const curve = new Hyperbola(sizes, spread.sd);
	const best = curve.best();
	const scale = scaleOf(2 * (curve.saturated - best.value), sizes.length - 2, spread);
	const limit = curve.isAtLimit(best);
	const region = curve.region(best, scale.drop);
	const { low, high } = region.critical;
	const bends = Number.isFinite(low) && Number.isFinite(high);
	const minSteps = curve.level(best.at).at;
	const free = fitExponent(curve, sizes.length, spread);
	const runsPerSize = sizes.reduce((sum, { runs }) => sum + runs.length, 0) / sizes.length;
	return {
		minSteps: estimate(
			limit.high ? null : minSteps,
			openBelow(
				rangeOf(region, () => 0),
				high === Number.POSITIVE_INFINITY,
			),
		),
		minExamples: estimate(
			limit.low ? null : minSteps + best.at,
			openBelow(
				rangeOf(region, (c) => c),
				low === Number.NEGATIVE_INFINITY,
			),
		),
		criticalBatchSize: estimate(limit.low || limit.high ? null : best.at, region.critical),
		exponent: free.exponent,
		verdict: free.value - best.value > free.drop ? "not a hyperbola" : bends ? "hyperbola" : "no bend in the range tried",
		residualSd: spread.sd * Math.sqrt(1 + (scale.factor - 1) / runsPerSize),
		curve: drawCurve(region, minSteps, best.at, sizes),
	};
}

const tooFew: Fit = {
	minSteps: unknown,
	minExamples: unknown,
	criticalBatchSize: unknown,
	exponent: unknown,
	verdict: "too few sizes",
	residualSd: null,
	curve: [],
};

/** The factor φ and the drop φ·t²/2 in log-likelihood that bounds a 95 % interval, from a deviance and its degrees of freedom. */
function scaleOf(deviance: number, degreesOfFreedom: number, spread: Spread): { readonly factor: number; readonly drop: number } {
	const factor = degreesOfFreedom > 0 ? Math.max(1, deviance / degreesOfFreedom) : 1;
	const within = spread.degreesOfFreedom > 0 ? 1 / spread.degreesOfFreedom : 0;
	const between = degreesOfFreedom > 0 ? (factor ** 2 - 1) / degreesOfFreedom : 0;
	const t = studentTwoSided95(factor ** 2 / (within + between));
	return { factor, drop: (factor * t * t) / 2 };
}

/** The free exponent, with its own factor: what a hyperbola lacks may be what the exponent explains. */
function fitExponent(curve: Hyperbola, sizes: number, spread: Spread) {
	const profile = (logExponent: number) => curve.best(Math.exp(logExponent)).value;
	const best = maximise(profile, exponents.low, exponents.high, 1e-3, 13);
	const { drop } = scaleOf(2 * (curve.saturated - best.value), sizes - 3, spread);
	const excess = (logExponent: number) => profile(logExponent) - best.value + drop;
	const low = signChange(excess, best.at, exponents.low, 1e-3) ?? Number.NEGATIVE_INFINITY;
	const high = signChange(excess, best.at, exponents.high, 1e-3) ?? Number.POSITIVE_INFINITY;
	return { exponent: estimate(best.at, { low, high }), value: best.value, drop };
}

function drawCurve(region: Region, minSteps: number, critical: number, sizes: readonly SizeRuns[]): Fit["curve"] {
	const from = Math.log(sizes[0].batchSize);
	const to = Math.log(sizes[sizes.length - 1].batchSize);
	return Array.from({ length: curvePoints }, (_, i) => {
		const b = from + ((to - from) * i) / (curvePoints - 1);
		const { low, high } = rangeOf(region, (c) => rise(b, c));
		return { batchSize: Math.exp(b), steps: Math.exp(minSteps + rise(b, critical)), low: Math.exp(low), high: Math.exp(high) };
	});
}

/** Without a flat part S_min may be 0, without a falling part E_min. */
const openBelow = ({ low, high }: Range, isOpen: boolean): Range => ({ low: isOpen ? Number.NEGATIVE_INFINITY : low, high });

/** From natural logarithms; what is open or at its limit becomes null. */
const estimate = (logEstimate: number | null, { low, high }: Range): Estimate => ({
	estimate: logEstimate === null ? null : Math.exp(logEstimate),
	low: Number.isFinite(low) ? Math.exp(low) : null,
	high: Number.isFinite(high) ? Math.exp(high) : null,
});
