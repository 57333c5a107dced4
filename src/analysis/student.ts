import { incompleteBeta } from "./incomplete-beta.js";

/** Beyond this many degrees of freedom the normal distribution's point is used: at a million they are 1.2e-6 apart. */
const mostDegrees = 1e6;

/**
 * The point that the absolute value of a Student-t draw with ν > 0 degrees of freedom (whole or not) exceeds with probability `p` (0 < p <
 * 1): 12.7 for p = 0.05 at ν = 1, 1.96 towards infinity. Relative error below 1e-8 for 1 ≤ ν ≤ 1e6; outside, the value at that end.
 *
 * P(|T| > t) = I_x(ν/2, ½) at x = ν/(ν + t²), the regularized incomplete beta function (Abramowitz & Stegun 26.7.1, 26.5.27); solved for t
 * by bisection of log t.
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

/** Cache: the same few points are needed again and again. */
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
