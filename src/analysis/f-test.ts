import { incompleteBeta } from "./incomplete-beta.js";

/**
 * The probability that an F draw with `above` and `below` degrees of freedom (both positive, whole or not) exceeds `ratio`: of two
 * estimates of one variance, that the first exceeds the second by this much.
 *
 * P(F > f) = I_x(ν₂/2, ν₁/2) at x = ν₂/(ν₂ + ν₁ f) (Abramowitz & Stegun 26.6.2).
 */
export const exceededByF = (ratio: number, above: number, below: number): number =>
	incompleteBeta(below / (below + above * ratio), below / 2, above / 2);
