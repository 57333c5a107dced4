import { exceededByF } from "./f-test.js";
import { type Matrix, solve } from "./linear.js";
import { runSlope, type SeededInterval } from "./size-likelihood.js";
import type { Spread } from "./spread.js";

/** One batch size as the variance of a fit needs it. */
export interface SizeInformation {
	readonly runs: readonly SeededInterval[];
	/** The mean of log steps under which its runs are likeliest, and minus the second derivative of their log-likelihood there. */
	readonly mean: number;
	readonly information: number;
	/** ∂(mean of log steps)/∂θ of the fitted curve, for every parameter θ. */
	readonly gradient: readonly number[];
}

/** The uncertainty of one quantity of a fit. */
export interface Inflation {
	/** φ: its variance over the one that the likelihood of independent runs and an exact curve gives it. */
	readonly factor: number;
	/** Degrees of freedom of the variance's estimate, for Student's t; ∞ if nothing was estimated. */
	readonly degreesOfFreedom: number;
}

const asModelled: Inflation = { factor: 1, degreesOfFreedom: Number.POSITIVE_INFINITY };

/** If a size doesn't determine its mean (every run met the goal at the first look), its information is below this. */
const negligibleInformation = 1e-9;

/**
 * How much wider an interval of a fitted curve must be than the likelihood of independent runs says. Two things make it so.
 *
 * **Seeds.** The same seed gives the same initial weights and order of examples at every batch size, so a slow start is slow everywhere:
 * log steps of one seed are correlated over the sizes, by 0.55 to 0.98 on the noisy quadratic. For the curve's level, k sizes of n runs
 * then are worth hardly more than n runs, not kn; in its shape what all sizes share cancels. No model of the correlation is needed, as
 * seeds are independent of each other. With ℓ_ij the log-likelihood of seed i's run at size j, g_ij = ∂ℓ_ij/∂m_j at the size's own
 * likeliest mean m_j, h_j the size's information, J_j = ∂m_j/∂θ and A = Σ_j h_j J_j J_jᵀ, one Newton step gives
 *
 *     θ̂ − θ ≈ A⁻¹ Σ_i Σ_j J_j g_ij
 *
 * a sum over seeds. So a quantity q with gradient ∇q has the variance, estimated without bias where all sizes have n runs (unequal n_j:
 * size by size),
 *
 *     V_seeds(q) = n/(n − 1) · Σ_i (Σ_j a_j g_ij)²,    a_j = J_jᵀ A⁻¹ ∇q
 *
 * the cluster-robust or "sandwich" variance. For normal log steps, all seen exactly, g_ij = (y_ij − ȳ_j)/σ², and q̂ is the mean over seeds
 * of z_i = Σ_j h_j a_j y_ij: V_seeds is the sample variance of the z_i over n, and t with n − 1 degrees of freedom is exact, with any
 * correlations. Where sizes have unequal numbers of runs: (Σw_i)²/Σw_i² − 1, with w_i the share that seed i would have in the variance of
 * independent runs; n − 1 again if all are equal.
 *
 * Where all runs of a size cross at one look, their g_ij are 0 and show nothing; so V_seeds is taken to be no less than if runs scattered
 * independently by the width of a look, the spread's floor, instead of by its sd.
 *
 * **Lack of fit.** Sizes' means don't lie on the curve exactly: rates are tuned on half octaves, so each size has an error that all its
 * runs share, and no workload is exactly a hyperbola. Let its variance be τ². The deviance D, twice the distance to the likelihood with a
 * free mean for every size, is Σ_j h_j r_j² for residuals r, and its expectation
 *
 *     E D = D_seeds + τ² K,   D_seeds = n/(n − 1) Σ_i [Σ_j g_ij²/h_j − (Σ_j J_j g_ij)ᵀ A⁻¹ (Σ_j J_j g_ij)],   K = Σ_j h_j − tr(A⁻¹ Σ_j h_j² J_j J_jᵀ)
 *
 * so τ² = (D − D_seeds)/K, at least 0, and V_sizes(q) = τ² Σ_j (h_j a_j)². φ = (V_seeds + V_sizes)/(∇qᵀ A⁻¹ ∇q); degrees of freedom of a
 * sum of variances by Satterthwaite.
 *
 * Sources: Liang & Zeger 1986 (Biometrika 73); degrees of freedom: Bell & McCaffrey 2002 (Survey Methodology 28), Satterthwaite 1946.
 */
export class FitVariance {
	/** τ², the variance of sizes' means around the curve. */
	readonly betweenSizes: number;
	/**
	 * The probability of so large a deviance where the curve is exact: D over what the seeds explain of it is F with the residual degrees of
	 * freedom above, and as many times those of a block's seeds below. Null where no size has two runs, or nothing is left to deviate.
	 */
	readonly lackOfFit: number | null;
	readonly #sizes: readonly SizeInformation[];
	readonly #bread: Matrix;
	readonly #seeds: ReadonlyMap<number, readonly SeedRun[]>;
	readonly #floor: number;
	/** D, and D − the parameters' degrees of freedom. */
	readonly #deviance: number;
	readonly #residualDegrees: number;
	readonly #shareOfSizes: number;

	/** `sizes`: more than there are parameters, or as many. `deviance`: of the fit. */
	constructor(sizes: readonly SizeInformation[], { sd, floor }: Spread, deviance: number) {
		this.#sizes = sizes.filter(({ information }) => information > negligibleInformation);
		this.#floor = (floor / sd) ** 2;
		this.#deviance = deviance;
		const parameters = sizes[0].gradient.length;
		this.#bread = this.#weighted(parameters, ({ information }) => information);
		this.#seeds = bySeed(this.#sizes, sd);
		this.#residualDegrees = this.#sizes.length - parameters;
		const squares = this.#weighted(parameters, ({ information }) => information ** 2);
		const trace = squares.reduce((sum, column, p) => sum + solve(this.#bread, column)[p], 0);
		this.#shareOfSizes = this.#sizes.reduce((sum, { information }) => sum + information, 0) - trace;
		const explained = Math.max(this.#explainedBySeeds(parameters), this.#floor * this.#residualDegrees);
		const seedDegrees = this.#sizes.reduce((sum, { runs }) => sum + runs.length - 1, 0) / this.#sizes.length;
		this.lackOfFit =
			this.#residualDegrees > 0 && seedDegrees > 0
				? exceededByF(deviance / explained, this.#residualDegrees, seedDegrees * this.#residualDegrees)
				: null;
		this.betweenSizes = this.#residualDegrees > 0 ? Math.max(0, (deviance - explained) / this.#shareOfSizes) : 0;
	}

	/** Of the quantity whose gradient with respect to the curve's parameters is given. */
	of(gradient: readonly number[]): Inflation {
		const direction = solve(this.#bread, gradient);
		const model = dot(gradient, direction);
		if (model <= 0) return asModelled; // no size has information on it
		const a = this.#sizes.map(({ gradient: J }) => dot(J, direction));
		let seeds = 0;
		let shares = 0;
		let squaredShares = 0;
		for (const runs of this.#seeds.values()) {
			let sum = 0;
			let share = 0;
			for (const { size, score } of runs) {
				const { information, runs: block } = this.#sizes[size];
				sum += a[size] * score;
				share += (information * a[size] ** 2) / block.length;
			}
			seeds += sum ** 2;
			shares += share;
			squaredShares += share ** 2;
		}
		const floored = Math.max(seeds, this.#floor * model);
		const ofSizes = a.reduce((sum, slope, j) => sum + (this.#sizes[j].information * slope) ** 2, 0);
		const variance = floored + this.betweenSizes * ofSizes;
		// The estimate of τ² varies as the deviance does: by √(2/degrees) of all of it, what the seeds explain included.
		const between = this.betweenSizes > 0 ? (ofSizes * this.#deviance) / this.#shareOfSizes : 0;
		const seedDegrees = squaredShares > 0 ? shares ** 2 / squaredShares - 1 : 0;
		const uncertainty =
			(seedDegrees > negligibleInformation ? floored ** 2 / seedDegrees : 0) + (between > 0 ? between ** 2 / this.#residualDegrees : 0);
		return { factor: variance / model, degreesOfFreedom: uncertainty > 0 ? variance ** 2 / uncertainty : Number.POSITIVE_INFINITY };
	}

	/** Σ_j weight_j J_j J_jᵀ. */
	#weighted(parameters: number, weight: (size: SizeInformation) => number): number[][] {
		return Array.from({ length: parameters }, (_, p) =>
			Array.from({ length: parameters }, (_, q) =>
				this.#sizes.reduce((sum, size) => sum + weight(size) * size.gradient[p] * size.gradient[q], 0),
			),
		);
	}

	/** D_seeds. */
	#explainedBySeeds(parameters: number): number {
		let sum = 0;
		for (const runs of this.#seeds.values()) {
			const pull = new Array<number>(parameters).fill(0);
			for (const { size, score } of runs) {
				const { information, gradient } = this.#sizes[size];
				sum += score ** 2 / information;
				for (const [p, slope] of gradient.entries()) pull[p] += slope * score;
			}
			sum -= dot(pull, solve(this.#bread, pull));
		}
		return sum;
	}
}

/** Of one seed at one size: g_ij √(n_j/(n_j − 1)). */
interface SeedRun {
	readonly size: number;
	readonly score: number;
}

function bySeed(sizes: readonly SizeInformation[], sd: number): ReadonlyMap<number, readonly SeedRun[]> {
	const seeds = new Map<number, SeedRun[]>();
	for (const [size, { runs, mean }] of sizes.entries()) {
		if (runs.length < 2) continue;
		const unbiased = Math.sqrt(runs.length / (runs.length - 1));
		for (const run of runs) {
			const ofSeed = seeds.get(run.seed) ?? [];
			ofSeed.push({ size, score: unbiased * runSlope(run, sd, mean) });
			seeds.set(run.seed, ofSeed);
		}
	}
	return seeds;
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
