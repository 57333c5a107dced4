import { describe, expect, test } from "vitest";
import { sizeLikelihood, tabulated } from "./size-likelihood.js";

const infinity = Number.POSITIVE_INFINITY;
const runs = [
	{ after: 95, step: 100 },
	{ after: 95, step: 100 },
	{ after: 110, step: 116 },
	{ after: 128, step: infinity },
	{ after: 0, step: 90 },
];

describe("sizeLikelihood", () => {
	test("of narrow intervals is the normal density times their widths", () => {
		const [m, sd] = [Math.log(100), 0.3];
		const width = 1e-4;
		const at = 120;
		const z = (Math.log(at) - m) / sd;
		const density = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - Math.log(sd) + Math.log(width);
		const run = { after: at * Math.exp(-width / 2), step: at * Math.exp(width / 2) };
		expect(sizeLikelihood([run], sd)(m).value).toBeCloseTo(density, 7); // the density bends by width²/24 within the interval: 4e-10
	});

	test("of a censored run is the probability of lying beyond, of one before the first look that of lying below", () => {
		expect(sizeLikelihood([{ after: 100, step: infinity }], 0.2)(Math.log(100)).value).toBeCloseTo(Math.log(0.5), 12);
		expect(sizeLikelihood([{ after: 0, step: 100 }], 0.2)(Math.log(100)).value).toBeCloseTo(Math.log(0.5), 12);
	});

	test.each([3, 4, 4.6, 4.8, 6])("has the slope and bend of central differences at m = %d", (m) => {
		const likelihood = sizeLikelihood(runs, 0.15);
		const h = 1e-4;
		const { slope, bend } = likelihood(m);
		// Central differences are off by h²/6 times a third derivative of at most runs/sd³: 5e-6 of slopes of up to 600.
		expect(slope).toBeCloseTo((likelihood(m + h).value - likelihood(m - h).value) / (2 * h), 3);
		expect(bend).toBeCloseTo((likelihood(m + h).slope - likelihood(m - h).slope) / (2 * h), 2);
		expect(bend).toBeLessThan(0);
	});
});

describe("tabulated", () => {
	test("agrees with the function within 1e-4 a run, all over the table", () => {
		const exact = sizeLikelihood(runs, 0.15);
		const table = tabulated(runs, 0.15);
		for (let m = 3.7; m < 5.6; m += 0.0037) {
			expect(Math.abs(table(m).value - exact(m).value)).toBeLessThan(runs.length * 1e-4);
			expect(Math.abs(table(m).slope - exact(m).slope)).toBeLessThan(runs.length * 1e-2);
		}
	});

	test("goes on falling as a parabola beyond it", () => {
		const exact = sizeLikelihood(runs, 0.15);
		const table = tabulated(runs, 0.15);
		for (const m of [1, 2, 7, 8]) {
			expect(table(m).bend).toBeLessThan(0);
			expect(table(m).value / exact(m).value).toBeGreaterThan(0.9);
			expect(table(m).value / exact(m).value).toBeLessThan(1.1);
		}
	});
});
