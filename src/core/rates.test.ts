import { expect, test } from "vitest";
import { halfOctaveAbove, halfOctaveBelow, lattice, latticeRange, rateAt } from "./rates.js";

test("rates are half octaves: every second is a power of two, every product of neighbours √2 apart", () => {
	expect([-20, -1, 0, 1, 2, 7].map(rateAt)).toEqual([2 ** -10, Math.SQRT2 / 2, 1, Math.SQRT2, 2, 8 * Math.SQRT2]);
	for (let k = lattice.lowest; k < lattice.highest; k++) expect(rateAt(k + 1) / rateAt(k)).toBeCloseTo(Math.SQRT2, 12);
});

test("ranges snap outward, and rates of the lattice to themselves", () => {
	expect([halfOctaveBelow(0.001), halfOctaveAbove(10)]).toEqual([-20, 7]);
	for (const k of [lattice.lowest, -7, 0, 13, lattice.highest])
		expect([halfOctaveBelow(rateAt(k)), halfOctaveAbove(rateAt(k))]).toEqual([k, k]);
	expect(latticeRange).toEqual({ from: 2 ** -30, to: 2 ** 20 });
});

test("refuses what lies outside", () => {
	expect(() => rateAt(41)).toThrow("internal: half octave 41 is not within -60 to 40");
});
