/**
 * The regularized incomplete beta function I_x(a, b), by its continued fraction (Abramowitz & Stegun 26.5.8), evaluated on the side where
 * it converges fast.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The fraction 1/(1 + d₁/(1 + d₂/(1 + …))) of I_x(a, b), evaluated from its 200th level. */
function betaFraction(x: number, a: number, b: number): number {
	let tail = 1;
	for (let level = 200; level >= 1; level--) {
		const m = Math.floor(level / 2);
		const d =
			level % 2 === 0
				? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
				: (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		tail = 1 + d / tail;
	}
	return 1 / tail;
}

/**
 * log Γ(x) for x > 0: shifted to x ≥ 10 by Γ(x + 1) = x·Γ(x), then Stirling's series (Abramowitz & Stegun 6.1.41), whose next term is below
 * 1e-14 there.
 */
function logGamma(x: number): number {
	let shift = 0;
	let z = x;
	for (; z < 10; z++) shift += Math.log(z);
	const r = 1 / (z * z);
	const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z;
	return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
