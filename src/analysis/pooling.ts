import type { Rng } from "../core/rng.js";
import type { Fit } from "./findings.js";
import { rise, slopesAt } from "./hyperbola.js";
import type { Measure, SizeMeasures } from "./measures.js";

/** With fewer sizes, a curve of two parameters leaves too few degrees of freedom to see how far sizes lie from it. */
const fewestSizes = 4;

/**
 * The smallest distance of sizes from the curve that is assumed, as the standard deviation of log S: rates are tuned on half octaves with a
 * few seeds, which by itself costs 5 to 10 % of the steps, at one size more than at another (docs/coverage.md).
 */
const leastLackOfFit = 0.07;

/**
 * The most standard errors of its own by which a size is moved: one that lies far off the curve is an exception, and the curve is no
 * evidence against it. Source: Efron & Morris 1972 (JASA 67), limited translation.
 */
const mostMove = 1.6;

/** Variance of the median of a large normal sample over that of its mean. */
const medianInefficiency = Math.PI / 2;

/**
 * Partial pooling: the few runs of a size are combined with what the other sizes predict for it through the fitted curve.
 *
 * The n runs of size j have the mean log steps m_j, with the variance s_j² = σ²/n (σ: scatter of single runs, common to all sizes); where a
 * run is censored, the log of their median, with π/2 times that. Around the curve S_min (1 + B_crit/B) the sizes' true means scatter by τ,
 * the lack of fit. The best linear estimate of one of them is
 *
 *     w_j·m_j + (1 − w_j)·curve_j,    w_j = τ²/(τ² + s_j²)
 *
 * the curve fitted by least squares with weights 1/(τ² + s_j²). In every resample the means are drawn again and the curve fitted again; the
 * size's own distance from the curve, which the curve can't show, is drawn as well: (1 − w_j)·τ·z, z ~ N(0, 1). Without that, an estimate
 * that relies on the curve would be overconfident.
 *
 * Only comparisons between sizes rest on pooled medians: `value` and `draws` of steps, examples and seconds. Their summaries stay those of
 * the size's own runs. A large τ keeps a wrong curve from doing harm: on a kink sizes keep three quarters of their own weight (decision
 * 0014, test/oracle/pooling-coverage.test.ts). Nothing is pooled where τ can't be estimated. Source: Efron & Morris 1975 (JASA 70), towards
 * a regression.
 *
 * `sizes`: ascending, all of one study, each with runs that reached the goal. Equal generators give equal draws.
 */
export function pooled(sizes: readonly SizeMeasures[], { runSd, lackOfFit }: Fit, rng: Rng): readonly SizeMeasures[] {
	if (sizes.length < fewestSizes || runSd === null || lackOfFit.probability === null) return sizes;
	const lack = Math.max(leastLackOfFit, lackOfFit.sd ?? 0) ** 2;
	const variances = sizes.map(({ runs, logMean }) => ((logMean ? 1 : medianInefficiency) * runSd ** 2) / runs);
	const own = variances.map((variance) => lack / (lack + variance));
	const move = (j: number, towards: number): number => {
		const most = mostMove * Math.sqrt(variances[j]);
		return Math.max(-most, Math.min(most, (1 - own[j]) * towards));
	};
	const curve = new WeightedCurve(
		sizes.map(({ batchSize }) => Math.log(batchSize)),
		variances.map((variance) => 1 / (lack + variance)),
	);
	const logs = sizes.map(({ steps, logMean }) => logMean?.value ?? Math.log(steps.value));
	const bend = curve.bendThrough(logs, curve.likelyBend(logs));
	const centre = curve.through(logs, bend);
	const draws = sizes.map(({ steps, logMean }) => logMean?.draws ?? steps.draws.map(Math.log));
	const factors = sizes.map(({ steps }) => new Float64Array(steps.draws.length).fill(1));
	const scatter = sizes.map(({ batchSize }) => rng.split(batchSize));
	for (let r = 0; r < draws[0].length; r++) {
		const drawn = draws.map((ofSize) => ofSize[r]);
		const fitted = curve.through(drawn, curve.bendThrough(drawn, bend));
		for (const [j, factor] of factors.entries()) {
			const z = scatter[j].normal();
			const pooledLog = drawn[j] + move(j, fitted[j] - drawn[j]) + (1 - own[j]) * Math.sqrt(lack) * z;
			if (Number.isFinite(drawn[j])) factor[r] = Math.exp(pooledLog) / sizes[j].steps.draws[r];
		}
	}
	return sizes.map((measures, j) => {
		const toCentre = Number.isFinite(logs[j]) ? Math.exp(logs[j] + move(j, centre[j] - logs[j])) / measures.steps.value : 1;
		const moved = (measure: Measure): Measure => ({
			...measure,
			value: measure.value * toCentre,
			draws: measure.draws.map((draw, r) => draw * factors[j][r]),
		});
		return {
			...measures,
			steps: moved(measures.steps),
			examples: moved(measures.examples),
			seconds: measures.seconds && moved(measures.seconds),
		};
	});
}

/** How far beyond the sizes tried, on the log axis, a bend is sought. */
const reachInLogBatchSize = 5;

/**
 * The hyperbola through values at some log batch sizes by weighted least squares on the log scale; values that aren't finite are ignored.
 */
class WeightedCurve {
	readonly #span: { readonly low: number; readonly high: number };

	constructor(
		private readonly sizes: readonly number[],
		private readonly weights: readonly number[],
	) {
		this.#span = { low: sizes[0] - reachInLogBatchSize, high: sizes[sizes.length - 1] + reachInLogBatchSize };
	}

	/** A coarse search over log B_crit: the sum of squares may have more than one minimum. */
	likelyBend(values: readonly number[]): number {
		let best = { at: this.#span.low, squares: Number.POSITIVE_INFINITY };
		for (let at = this.#span.low; at <= this.#span.high; at += 0.25) {
			const { squares } = this.#level(values, at);
			if (squares < best.squares) best = { at, squares };
		}
		return best.at;
	}

	/** log B_crit, by Gauss–Newton steps from a place near by. */
	bendThrough(values: readonly number[], from: number): number {
		let bend = from;
		for (let pass = 0; pass < 8; pass++) {
			const { level } = this.#level(values, bend);
			let [sumW, sumF, sumFF, sumFR] = [0, 0, 0, 0];
			for (const [j, value] of values.entries()) {
				if (!Number.isFinite(value)) continue;
				const weight = this.weights[j];
				const [, falling] = slopesAt(this.sizes[j], bend, 1);
				const residual = value - level - rise(this.sizes[j], bend);
				sumW += weight;
				sumF += weight * falling;
				sumFF += weight * falling * falling;
				sumFR += weight * falling * residual; // the residuals sum to 0 at the best level
			}
			const spread = sumFF - (sumF * sumF) / sumW;
			if (!(spread > 1e-9)) break;
			const step = Math.max(-1, Math.min(1, sumFR / spread));
			bend = Math.max(this.#span.low, Math.min(this.#span.high, bend + step));
			if (Math.abs(step) < 1e-4) break;
		}
		return bend;
	}

	/** The curve's values at all sizes. */
	through(values: readonly number[], bend: number): readonly number[] {
		const { level } = this.#level(values, bend);
		return this.sizes.map((size) => level + rise(size, bend));
	}

	/** The best log S_min for a bend, and the weighted sum of squares there. */
	#level(values: readonly number[], bend: number): { readonly level: number; readonly squares: number } {
		let [weights, sum, squares] = [0, 0, 0];
		for (const [j, value] of values.entries()) {
			if (!Number.isFinite(value)) continue;
			const above = value - rise(this.sizes[j], bend);
			weights += this.weights[j];
			sum += this.weights[j] * above;
			squares += this.weights[j] * above * above;
		}
		return { level: sum / weights, squares: squares - (sum * sum) / weights };
	}
}
