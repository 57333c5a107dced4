import { logDensity, logProbabilityBetween } from "./normal.js";

/** Where one run's steps-to-target lie: in (after, step]; step is +∞ where the run was censored at `after`. */
export interface StepInterval {
	readonly after: number;
	readonly step: number;
}

/** The same, and whose run it is: equal seeds at several batch sizes are paired. */
export interface SeededInterval extends StepInterval {
	readonly seed: number;
}

/** A log-likelihood with its first two derivatives. */
export interface Curvature {
	readonly value: number;
	readonly slope: number;
	/** Never positive: the probability of an interval is log-concave in the mean. */
	readonly bend: number;
}

/**
 * Log-likelihood of the runs of one batch size, as a function of m, the mean of their log steps, where log steps are normal with the given
 * sd:
 *
 *     ℓ(m) = Σ log(Φ(z_step) − Φ(z_after))        z = (log · − m)/sd;  log 0 = −∞, log ∞ = ∞
 *
 * With D the difference of Φ and φ the density: ℓ' = Σ (φ_after − φ_step)/(D·sd), ℓ'' = Σ [(z_after·φ_after − z_step·φ_step)/D]/sd² − (its
 * share of ℓ')². `runs`: equal ones are grouped, as runs of one size often cross at the same look.
 */
export function sizeLikelihood(runs: readonly StepInterval[], sd: number): (m: number) => Curvature {
	const groups = new Map<string, { a: number; b: number; count: number }>();
	for (const { after, step } of runs) {
		const group = groups.get(`${after}/${step}`);
		if (group) group.count++;
		else groups.set(`${after}/${step}`, { a: Math.log(after), b: Math.log(step), count: 1 });
	}
	const distinct = [...groups.values()];
	return (m) => {
		let value = 0;
		let slope = 0;
		let bend = 0;
		for (const { a, b, count } of distinct) {
			const za = (a - m) / sd;
			const zb = (b - m) / sd;
			const logD = logProbabilityBetween(za, zb);
			const atA = Math.exp(logDensity(za) - logD);
			const atB = Math.exp(logDensity(zb) - logD);
			const own = (atA - atB) / sd;
			value += count * logD;
			slope += count * own;
			bend += count * (((atA === 0 ? 0 : za * atA) - (atB === 0 ? 0 : zb * atB)) / (sd * sd) - own * own);
		}
		return { value, slope, bend: Math.min(0, bend) };
	};
}

/** ∂ℓ/∂m of a single run. */
export const runSlope = (run: StepInterval, sd: number, m: number): number => sizeLikelihood([run], sd)(m).slope;

/** How far the table reaches beyond the runs, in sd, and how many points it has per sd. */
const reach = 6;
const density = 8;

/**
 * The same function from a table, a hundred times as fast: between points ℓ is the cubic through values and slopes at both, which is off by
 * less than 1e-4 a run, and its bend the straight line. Beyond six sd from the runs, where a fit only passes by, ℓ goes on with the value,
 * slope and bend of the last point: the logarithm of a normal tail is a parabola in the end.
 */
export function tabulated(runs: readonly StepInterval[], sd: number): (m: number) => Curvature {
	const exact = sizeLikelihood(runs, sd);
	const ends = runs.flatMap(({ after, step }) => [after, step]).filter((end) => end > 0 && end < Number.POSITIVE_INFINITY);
	const low = Math.log(Math.min(...ends)) - reach * sd;
	const spacing = sd / density;
	const cells = Math.ceil((Math.log(Math.max(...ends)) + reach * sd - low) / spacing);
	const points = Array.from({ length: cells + 1 }, (_, i) => exact(low + i * spacing));
	return (m) => {
		const place = (m - low) / spacing;
		if (place < 0) return parabola(points[0], place * spacing);
		if (place >= cells) return parabola(points[cells], (place - cells) * spacing);
		const i = Math.floor(place);
		const t = place - i;
		const from = points[i];
		const to = points[i + 1];
		const rise = to.value - from.value;
		const c = 3 * rise - spacing * (2 * from.slope + to.slope);
		const d = spacing * (from.slope + to.slope) - 2 * rise;
		return {
			value: from.value + t * (spacing * from.slope + t * (c + t * d)),
			slope: from.slope + (t * (2 * c + 3 * t * d)) / spacing,
			bend: from.bend + t * (to.bend - from.bend),
		};
	};
}

const parabola = ({ value, slope, bend }: Curvature, away: number): Curvature => ({
	value: value + away * (slope + (away * bend) / 2),
	slope: slope + away * bend,
	bend,
});
