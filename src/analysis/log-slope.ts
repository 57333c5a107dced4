import { lineThrough } from "./line.js";

/**
 * The slope of log y against log x, by least squares: the exponent a of y = c·xᵃ. Of fewer than two places, or where a value is not
 * positive and finite, NaN: there is none.
 */
export function logSlope(x: readonly number[], y: readonly number[]): number {
	if (x.length < 2 || ![...x, ...y].every((value) => value > 0 && Number.isFinite(value))) return Number.NaN;
	return lineThrough(x.map(Math.log), y.map(Math.log)).slope;
}
