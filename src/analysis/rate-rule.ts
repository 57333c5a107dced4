import type { RateRule } from "./findings.js";
import { lineThrough } from "./line.js";
import { studentTwoSided } from "./student.js";

const rules = [
	["none", 0],
	["square root", 0.5],
	["linear", 1],
] as const;

/**
 * A best rate is known only to half an octave either way, so a line through such points seems too certain. So the residual variance, in
 * octaves, is at least this.
 */
const gridVariance = 0.5 ** 2 / 12;

/**
 * The slope of log η* against log B by least squares, with its Student interval (n − 2 degrees of freedom). Rates lie on a grid of half
 * octaves; the variance of that rounding, (½)²/12 octaves², is the least that residuals are taken to have. Null for fewer than three sizes,
 * of which no line has an interval.
 */
export function rateRule(best: readonly { readonly batchSize: number; readonly learningRate: number }[]): RateRule | null {
	const n = best.length;
	if (n < 3) return null;
	const x = best.map(({ batchSize }) => Math.log2(batchSize));
	const y = best.map(({ learningRate }) => Math.log2(learningRate));
	const { slope, across, residual } = lineThrough(x, y);
	const reach = studentTwoSided(0.05, n - 2) * Math.sqrt(Math.max(residual / (n - 2), gridVariance) / across);
	const exponent = { estimate: slope, low: slope - reach, high: slope + reach };
	return { exponent, sizes: n, fits: rules.filter(([, a]) => a >= exponent.low && a <= exponent.high).map(([name]) => name) };
}
