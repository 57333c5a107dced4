import { expect, test } from "vitest";
import { solve } from "../../analysis/linear.js";
import { Posterior } from "./posterior.js";

const covariance = (a: number, b: number): number => 2 * Math.exp(-((a - b) ** 2) / 2) + 0.5 * a * b;
const noise = (a: number, b: number): number => (a === b ? 0.1 : 0.02);
const points = [-1, 0.3, 0.9, 2.5];
const values = [0.4, -0.2, 0.1, 1.3];
const observed = points.map((a) => points.map((b) => covariance(a, b) + noise(a, b)));

test("is the mean and the variance of a normal distribution under the condition of what was seen", () => {
	const posterior = new Posterior<number, number>(points, values, covariance, noise);
	for (const point of [-2, 0.3, 1.7, 4]) {
		const shared = points.map((other) => covariance(point, other));
		const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
		expect(posterior.mean(point)).toBeCloseTo(dot(shared, solve(observed, values)), 10);
		expect(posterior.variance(point)).toBeCloseTo(covariance(point, point) - dot(shared, solve(observed, shared)), 10);
	}
});

test("of two observations the likelihood is that of a normal distribution of two values, but for a constant", () => {
	const [a, b, c] = [covariance(0, 0) + 0.1, covariance(0, 1) + 0.02, covariance(1, 1) + 0.1];
	const determinant = a * c - b * b;
	const distance = (c * 0.5 ** 2 - 2 * b * 0.5 * -0.3 + a * 0.3 ** 2) / determinant;
	const { logLikelihood } = new Posterior<number, number>([0, 1], [0.5, -0.3], covariance, noise);
	expect(logLikelihood).toBeCloseTo(-(distance + Math.log(determinant)) / 2, 10);
});

test("a draw at several points has their means and their covariance", () => {
	const posterior = new Posterior<number, number>(points, values, covariance, noise);
	const places = [-2, 0.4, 1.7];
	const draw = posterior.drawsAt(places, 0);
	const means = draw([0, 0, 0]);
	expect(means).toEqual(places.map((place) => posterior.mean(place)));
	// A draw is the means and the factor L times standard normal values: those of one value 1 are the columns of L.
	const columns = places.map((_, i) => draw(places.map((_, j) => (i === j ? 1 : 0))).map((value, k) => value - means[k]));
	const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
	for (const [i, a] of places.entries())
		for (const [j, b] of places.entries()) {
			const shared = (place: number) => points.map((other) => covariance(place, other));
			const expected = covariance(a, b) - dot(shared(a), solve(observed, shared(b)));
			expect(columns.reduce((sum, column) => sum + column[i] * column[j], 0)).toBeCloseTo(expected, 10);
		}
});
