import { type Estimate, type Fit, noEstimate } from "./findings.js";
import { Hyperbola, type Range, type Region, rangeOf, rise, type SizeRuns, slopesAt } from "./hyperbola.js";
import { maximise, signChange } from "./maximise.js";
import { FitVariance, type Inflation } from "./seed-variance.js";
import { pooledSpread, type Spread } from "./spread.js";
import { studentTwoSided } from "./student.js";

/** Points of the curve that is drawn. */
const curvePoints = 49;

/** Slices of the likelihood region behind an interval that is given as a number, and behind one that is drawn. */
const slices = { given: 101, drawn: 33 } as const;

/** The range in which the free exponent is searched, as natural logarithms. */
const exponents: Range = { low: Math.log(0.1), high: Math.log(10) };

/**
 * S(B) = S_min (1 + B_crit/B), fitted to single runs in log space by maximum likelihood. With the exponent free, S_min (1 + (B_crit/B)^α),
 * it says whether the hyperbola holds; estimates and curve are always the hyperbola's.
 *
 * **Spread.** Log steps of single runs are normal around their size's mean with one sd, estimated within sizes (see `pooledSpread`) and
 * then fixed.
 *
 * **Intervals.** The likelihood is that of independent runs, but runs of one seed go together, and sizes' means don't lie on the curve
 * exactly. Both leave the estimates unchanged and make them less certain, each quantity by its own factor: φ times the variance
 * (`FitVariance`). An interval holds all values of its quantity whose profile log-likelihood is at most φ·t²/2 below the maximum, with
 * Student's t for an estimated variance: around the maximum that is estimate ± t·√variance, and further out it has the likelihood's shape,
 * open sides included. This is the vertical adjustment of Chandler & Bate, for one quantity at a time.
 *
 * **Verdict.** "not a hyperbola": the exponent 1 lies outside the free exponent's interval, a likelihood-ratio test. It comes first: S ∝
 * B⁻² has no bend either.
 *
 * **No bend.** Where B_crit may as well be 0 or ∞ (S flat, or halving with every doubling), its interval is open at that side, that of
 * E_min or S_min with it.
 *
 * Sources: the hyperbola: McCandlish et al. 2018, equation 2.11. Intervals: Chandler & Bate 2007 (Biometrika 94), equation 8 and section 3.
 * `sizes`: ascending, each with at least one run that reached the goal.
 */
export function fitCurve(sizes: readonly SizeRuns[], looksRatio: number): Fit {
	if (sizes.length < 3) return tooFew;
	const spread = pooledSpread(
		sizes.map(({ runs }) => runs),
		looksRatio,
	);
	const curve = new Hyperbola(sizes, spread.sd);
	const best = curve.best();
	const variance = new FitVariance(curve.information(best.at, 1, 2), spread, 2 * (curve.saturated - best.value));
	const limit = curve.isAtLimit(best);
	/** The region whose extent along a quantity with this gradient by (s, c) is that quantity's interval. */
	const regionOf = (gradient: readonly [number, number], count: number): Region => curve.region(best, dropOf(variance.of(gradient)), count);
	const critical = regionOf([0, 1], slices.given).critical;
	const level = regionOf([1, 0], slices.given);
	const fall = regionOf([1, 1], slices.given);
	const flat = critical.high === Number.POSITIVE_INFINITY;
	const falling = critical.low === Number.NEGATIVE_INFINITY;
	const minSteps = curve.level(best.at).at;
	const free = fitExponent(curve, spread);
	return {
		minSteps: estimate(
			limit.high ? null : minSteps,
			openBelow(
				rangeOf(level, () => 0),
				flat || level.critical.high === Number.POSITIVE_INFINITY,
			),
		),
		minExamples: estimate(
			limit.low ? null : minSteps + best.at,
			openBelow(
				rangeOf(fall, (c) => c),
				falling || fall.critical.low === Number.NEGATIVE_INFINITY,
			),
		),
		criticalBatchSize: estimate(limit.low || limit.high ? null : best.at, critical),
		exponent: free.exponent,
		verdict: free.value - best.value > free.drop ? "not a hyperbola" : flat || falling ? "no bend in the range tried" : "hyperbola",
		residualSd: Math.sqrt(spread.sd ** 2 + variance.betweenSizes),
		runSd: spread.sd,
		lackOfFit: { probability: variance.lackOfFit, sd: Math.sqrt(variance.betweenSizes), undercut: [] },
		curve: drawCurve(regionOf, minSteps, best.at, sizes),
	};
}

const tooFew: Fit = {
	minSteps: noEstimate,
	minExamples: noEstimate,
	criticalBatchSize: noEstimate,
	exponent: noEstimate,
	verdict: "too few sizes",
	residualSd: null,
	runSd: null,
	lackOfFit: { probability: null, sd: null, undercut: [] },
	curve: [],
};

/** The drop φ·t²/2 in log-likelihood that bounds a 95 % interval. */
const dropOf = ({ factor, degreesOfFreedom }: Inflation): number => (factor * studentTwoSided(0.05, degreesOfFreedom) ** 2) / 2;

/** The free exponent, with its own variance: the exponent may explain what the hyperbola doesn't. */
function fitExponent(curve: Hyperbola, spread: Spread) {
	const profile = (logExponent: number) => curve.best(Math.exp(logExponent)).value;
	const best = maximise(profile, exponents.low, exponents.high, 1e-3, 13);
	const exponent = Math.exp(best.at);
	const variance = new FitVariance(curve.information(curve.best(exponent).at, exponent, 3), spread, 2 * (curve.saturated - best.value));
	const drop = dropOf(variance.of([0, 0, 1]));
	const excess = (logExponent: number) => profile(logExponent) - best.value + drop;
	const low = signChange(excess, best.at, exponents.low, 1e-3) ?? Number.NEGATIVE_INFINITY;
	const high = signChange(excess, best.at, exponents.high, 1e-3) ?? Number.POSITIVE_INFINITY;
	return { exponent: estimate(best.at, { low, high }), value: best.value, drop };
}

function drawCurve(
	regionOf: (gradient: readonly [number, number], count: number) => Region,
	minSteps: number,
	critical: number,
	sizes: readonly SizeRuns[],
): Fit["curve"] {
	const from = Math.log(sizes[0].batchSize);
	const to = Math.log(sizes[sizes.length - 1].batchSize);
	return Array.from({ length: curvePoints }, (_, i) => {
		const b = from + ((to - from) * i) / (curvePoints - 1);
		const [level, fall] = slopesAt(b, critical, 1);
		const { low, high } = rangeOf(regionOf([level, fall], slices.drawn), (c) => rise(b, c));
		return { batchSize: Math.exp(b), steps: Math.exp(minSteps + rise(b, critical)), low: Math.exp(low), high: Math.exp(high) };
	});
}

/** Without a flat part S_min may be 0, without a falling part E_min. */
const openBelow = ({ low, high }: Range, isOpen: boolean): Range => ({ low: isOpen ? Number.NEGATIVE_INFINITY : low, high });

/** From natural logarithms; open or limiting values become null. */
const estimate = (logEstimate: number | null, { low, high }: Range): Estimate => ({
	estimate: logEstimate === null ? null : Math.exp(logEstimate),
	low: Number.isFinite(low) ? Math.exp(low) : null,
	high: Number.isFinite(high) ? Math.exp(high) : null,
});
