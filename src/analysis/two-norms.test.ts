import { expect, test } from "vitest";
import { momentsOfTwo } from "./two-norms.js";

/** E|G_B|² = |G|² + (1/B − 1/N)·tr(Σ). */
const expected = (signal: number, variance: number, batch: number, population: number) => signal + (1 / batch - 1 / population) * variance;

test.each([1000, Number.POSITIVE_INFINITY])("expected norms of %d examples give back the moments they are made of", (population) => {
	const [signal, variance] = [0.25, 12];
	const at = (batch: number) => ({ batch, squaredNorm: expected(signal, variance, batch, population) });
	const moments = momentsOfTwo({ step: 0, small: at(1.6), big: at(256) }, population);
	expect(moments.signal).toBeCloseTo(signal, 12);
	expect(moments.variance).toBeCloseTo(variance, 12);
});
