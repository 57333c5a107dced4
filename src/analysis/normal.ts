const logRootTwoPi = 0.9189385332046727; // log √(2π)

/** From here on the upper tail is computed as such; below, as ½ minus what lies between 0 and z. */
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
 * (Abramowitz & Stegun 26.2.14), worked off from its 60th level, where at z = 3 the last bit has settled.
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
 * log(Φ(b) − Φ(a)) for a < b, either of them infinite: the log-probability that a standard normal draw lies in (a, b]. Relative error of the
 * probability below 1e-12, even where both ends lie so far out in one tail that the probability itself would underflow.
 */
export function logProbabilityBetween(a: number, b: number): number {
	if (b <= 0) return logProbabilityBetween(-b, -a); // the mirror image, so that the tail meant is the upper one
	if (a < 0) {
		const below = -a < tailFrom ? fromCentre(-a) : 0.5 - tailOver(-a, 0) * Math.exp(logDensity(0));
		const above = b < tailFrom ? fromCentre(b) : 0.5 - tailOver(b, 0) * Math.exp(logDensity(0));
		return Math.log(below + above);
	}
	if (b < tailFrom) return Math.log(fromCentre(b) - fromCentre(a));
	return logDensity(a) + Math.log(tailOver(a, a) - tailOver(b, a));
}

/**
 * The point that a Student-t draw with ν > 0 degrees of freedom (whole or not) exceeds in absolute value once in twenty: 12.7 at ν = 1, 1.96
 * at ∞. Relative error below 5e-4 for ν ≥ 1, 1e-4 from 3 on; below 1 the value at 1 is returned.
 *
 * Source: Hill 1970, algorithm 396 (Communications of the ACM 13), with the probability fixed at 0.05.
 */
export function studentTwoSided95(degreesOfFreedom: number): number {
	const p = 0.05;
	const normal = -1.959963984540054;
	const nu = Math.max(1, degreesOfFreedom);
	if (nu > 1e6) return -normal;
	if (nu === 1) return 1 / Math.tan((p * Math.PI) / 2);
	const a = 1 / (nu - 0.5);
	const b = 48 / (a * a);
	let c = (((20700 * a) / b - 98) * a - 16) * a + 96.36;
	const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * nu;
	let y = (d * p) ** (2 / nu);
	if (y > 0.05 + a) {
		y = normal * normal;
		if (nu < 5) c += 0.3 * (nu - 4.5) * (normal + 0.6);
		c += (((0.05 * d * normal - 5) * normal - 7) * normal - 2) * normal + b;
		y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * normal;
		y = Math.expm1(a * y * y);
	} else {
		y = ((1 / (((nu + 6) / (nu * y) - 0.089 * d - 0.822) * (nu + 2) * 3) + 0.5 / (nu + 4)) * y - 1) * ((nu + 1) / (nu + 2)) + 1 / y;
	}
	return Math.sqrt(nu * y);
}
