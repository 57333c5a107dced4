/** Beyond so many degrees of freedom the normal distribution's point is as good: at a million they are 1.2e-6 apart. */
const mostDegrees = 1e6;

/**
 * The point that the absolute value of a Student-t draw with ν > 0 degrees of freedom (whole or not) exceeds with probability `p` (0 < p < 1): 12.7 for
 * p = 0.05 at ν = 1, 1.96 towards infinity. Relative error below 1e-8 for 1 ≤ ν ≤ 1e6; outside, the value at that end.
 *
 * P(|T| > t) = I_x(ν/2, ½) at x = ν/(ν + t²), the regularized incomplete beta function (Abramowitz & Stegun 26.7.1, 26.5.27); solved for t by
 * bisection of log t.
 */
export function studentTwoSided(p: number, degreesOfFreedom: number): number {
	const nu = Math.min(Math.max(1, degreesOfFreedom), mostDegrees);
	const key = `${p} ${nu}`;
	const known = solved.get(key);
	if (known !== undefined) return known;
	const t = solve(p, nu);
	solved.set(key, t);
	return t;
}

/** The same few are asked for over and over. */
const solved = new Map<string, number>();

function solve(p: number, nu: number): number {
	let low = -20;
	let high = 1;
	const exceeded = (logT: number) => incompleteBeta(nu / (nu + Math.exp(2 * logT)), nu / 2, 0.5);
	while (exceeded(high) > p) high *= 2;
	for (let i = 0; i < 80; i++) {
		const middle = (low + high) / 2;
		if (exceeded(middle) > p) low = middle;
		else high = middle;
	}
	return Math.exp((low + high) / 2);
}

/** I_x(a, b) by its continued fraction (Abramowitz & Stegun 26.5.8), evaluated on the side where it converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The fraction 1/(1 + d₁/(1 + d₂/(1 + …))) of I_x(a, b), worked off from its 200th level. */
function betaFraction(x: number, a: number, b: number): number {
	let tail = 1;
	for (let level = 200; level >= 1; level--) {
		const m = Math.floor(level / 2);
		const d =
			level % 2 === 0
				? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
				: (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		tail = 1 + d / tail;
	}
	return 1 / tail;
}

/** log Γ(x) for x > 0: shifted to x ≥ 10 by Γ(x + 1) = x·Γ(x), then Stirling's series (Abramowitz & Stegun 6.1.41), whose next term is below 1e-14 there. */
function logGamma(x: number): number {
	let shift = 0;
	let z = x;
	for (; z < 10; z++) shift += Math.log(z);
	const r = 1 / (z * z);
	const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z;
	return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
