/**
 * The slope of log y against log x, by least squares: the exponent a of y = c·xᵃ. Of fewer than two places, or where a value is not positive and finite,
 * NaN: there is none.
 */
export function logSlope(x: readonly number[], y: readonly number[]): number {
	if (x.length < 2 || ![...x, ...y].every((value) => value > 0 && Number.isFinite(value))) return Number.NaN;
	const [u, v] = [x.map(Math.log), y.map(Math.log)];
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [centreX, centreY] = [mean(u), mean(v)];
	const across = u.reduce((sum, value) => sum + (value - centreX) ** 2, 0);
	return u.reduce((sum, value, i) => sum + (value - centreX) * (v[i] - centreY), 0) / across;
}
