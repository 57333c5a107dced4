const logRootTwoPi = 0.9189385332046727; // log √(2π)

/** From here on the upper tail is computed directly; below, as ½ minus the probability between 0 and z. */
const tailFrom = 3;

/** Logarithm of the standard normal density; −∞ at ±∞. */
export const logDensity = (z: number): number => -(z * z) / 2 - logRootTwoPi;

/**
 * Φ(z) − ½ for 0 ≤ z ≤ 3: the density times z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …, all terms positive, so nothing cancels
 * (Abramowitz & Stegun 26.2.11). The sum stops where a term no longer changes it.
 */
function fromCentre(z: number): number {
	let term = z;
	let sum = z;
	for (let odd = 3; term > sum * 1e-17; odd += 2) {
		term *= (z * z) / odd;
		sum += term;
	}
	return sum * Math.exp(logDensity(z));
}

/**
 * Mills' ratio, the upper tail 1 − Φ(z) divided by the density, for z ≥ 3: the continued fraction 1/(z + 1/(z + 2/(z + 3/(z + …))))
 * (Abramowitz & Stegun 26.2.14), evaluated from its 60th level, where at z = 3 the last bit has settled.
 */
function millsRatio(z: number): number {
	let tail = z;
	for (let level = 60; level >= 1; level--) tail = z + level / tail;
	return 1 / tail;
}

/** The upper tail 1 − Φ(z) divided by the density at `at`, for z ≥ 0: far out, where both underflow, their ratio doesn't. */
function tailOver(z: number, at: number): number {
	if (z === Number.POSITIVE_INFINITY) return 0;
	if (z >= tailFrom) return millsRatio(z) * Math.exp((at - z) * (at + z) * 0.5);
	return (0.5 - fromCentre(z)) / Math.exp(logDensity(at));
}

/**
 * log(Φ(b) − Φ(a)) for a < b, either of them infinite: the log-probability that a standard normal draw lies in (a, b]. Relative error of
 * the probability below 1e-12, even where both ends lie so far out in one tail that the probability itself would underflow.
 */
export function logProbabilityBetween(a: number, b: number): number {
	if (b <= 0) return logProbabilityBetween(-b, -a); // the mirror image, so that it is the upper tail
	if (a < 0) {
		const below = -a < tailFrom ? fromCentre(-a) : 0.5 - tailOver(-a, 0) * Math.exp(logDensity(0));
		const above = b < tailFrom ? fromCentre(b) : 0.5 - tailOver(b, 0) * Math.exp(logDensity(0));
		return Math.log(below + above);
	}
	if (b < tailFrom) return Math.log(fromCentre(b) - fromCentre(a));
	return logDensity(a) + Math.log(tailOver(a, a) - tailOver(b, a));
}
