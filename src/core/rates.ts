import { internal } from "./errors.js";

/** A learning rate's place on the lattice of half octaves: rate `k` is 2^(k/2). */
export type HalfOctave = number;

/** The lattice's ends: 2⁻³⁰ and 2²⁰, far beyond any rate that trains. */
export const lattice = { lowest: -60, highest: 40 } as const;
const { lowest, highest } = lattice;

/**
 * 2^(k/2) for every k of the lattice, built by exact halving and doubling from 1 and √2 (a constant of the language): `Math.pow`
 * may differ in the last bit between machines, and a trial must not.
 */
const table: ReadonlyMap<HalfOctave, number> = (() => {
	const rates = new Map<HalfOctave, number>();
	for (const [offset, start] of [
		[0, 1],
		[1, Math.SQRT2],
	] as const) {
		for (let k = offset, rate: number = start; k <= highest; k += 2, rate *= 2) rates.set(k, rate);
		for (let k = offset, rate: number = start; k >= lowest; k -= 2, rate /= 2) rates.set(k, rate);
	}
	return rates;
})();

/** The smallest and largest learning rate on the lattice. */
export const latticeRange = { from: rateAt(lowest), to: rateAt(highest) } as const;

/** The learning rate 2^(k/2). Throws where k lies outside the lattice. */
export function rateAt(k: HalfOctave): number {
	const rate = table.get(k);
	if (rate === undefined) throw internal(`half octave ${k} is not within ${lowest} to ${highest}`);
	return rate;
}

/** The highest half octave that is not above `rate`. `rate` must lie within `latticeRange`. */
export function halfOctaveBelow(rate: number): HalfOctave {
	let k = highest;
	while (rateAt(k) > rate) k--;
	return k;
}

/** The lowest half octave that is not below `rate`. `rate` must lie within `latticeRange`. */
export function halfOctaveAbove(rate: number): HalfOctave {
	let k = lowest;
	while (rateAt(k) < rate) k++;
	return k;
}
