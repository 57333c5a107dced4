import { logDensity, logProbabilityBetween } from "../../analysis/normal.js";
import { exp, log } from "../../core/numerics.js";
import type { Rng } from "../../core/rng.js";
import type { Point } from "./drift.js";
import { Posterior } from "./posterior.js";

/** What one run to the goal cost, in natural log. */
export interface Observation extends Point {
	readonly cost: number;
	/** Runs of one seed share its luck. */
	readonly seed: number;
	/** The run was ended before it got there: it costs more than this, by an unknown amount. */
	readonly isLeast: boolean;
}

/** How a cost is expected to bend around a setting of reference, per octave squared of the rate and doubling squared of the size. */
const expected = { rate: 0.2, size: 0.06 } as const;

/** Standard deviations of what costs do beyond that, in natural log; see `covariance`. */
const prior = {
	level: 2,
	slope: 0.25,
	bend: { rate: 0.12, size: 0.03 },
	/** Cliffs and dents, and how far they reach in octaves and doublings. */
	dent: 0.15,
	reach: { rate: 0.75, size: 1.5 },
	/** Luck that all runs of a seed share, as a part of that of a run. */
	shared: 0.5,
} as const;

/** Luck of a single run, in natural log: any of these, equally likely beforehand. */
const lucks = [0.05, 0.1, 0.2, 0.35] as const;

/** A run that was ended at a cost is expected to take about this much more, in natural log, give or take as much. */
const beyond = 0.25;

/**
 * What is known of the cost of every setting around one of reference, from runs to the goal with one seed or several: a Gaussian process
 * (Rasmussen & Williams 2006, algorithm 2.1). The logarithm of the cost is a bowl of about known bend, of unknown place, with dents; a
 * run's luck comes on top.
 */
export class Belief {
	/** For each luck that runs may have: what is known then, and how likely it is. */
	readonly #cases: readonly { readonly luck: number; readonly posterior: Posterior<Point, Observation>; readonly weight: number }[];

	/** `observations`: at least one. */
	constructor(observations: readonly Observation[]) {
		const cases = lucks.map((luck) => ({ luck, posterior: posteriorOf(observations, luck) }));
		const most = Math.max(...cases.map(({ posterior }) => posterior.logLikelihood));
		const weights = cases.map(({ posterior }) => exp(posterior.logLikelihood - most));
		const sum = weights.reduce((a, b) => a + b, 0);
		this.#cases = cases.map((one, i) => ({ ...one, weight: weights[i] / sum }));
	}

	/** Expected natural log of the cost there. */
	mean(point: Point): number {
		return bowl(point) + this.#cases.reduce((sum, { posterior, weight }) => sum + weight * posterior.mean(point), 0);
	}

	/**
	 * By how much one more run there, on a seed of its own, lowers the expected cost of the setting that is then the best, in natural log
	 * (knowledge gradient: Frazier, Powell & Dayanik 2008, equation 16). `others`: the least expected of all other settings.
	 */
	gain(point: Point, others: number): number {
		const away = Math.abs(this.mean(point) - others);
		return this.#cases.reduce((sum, { posterior, luck, weight }) => {
			const variance = posterior.variance(point);
			const moves = variance / Math.sqrt(variance + luck ** 2);
			return variance > 0 ? sum + weight * moves * unitLoss(away / moves) : sum;
		}, 0);
	}

	/**
	 * How likely it is that the first of these settings costs at most `ratio` times the best of all of them: the share of `draws` joint draws
	 * of all their costs, as near as may be the same number for each luck that is likely.
	 */
	chanceWithin(points: readonly Point[], ratio: number, rng: Rng, draws = 2000): number {
		let chance = 0;
		for (const { posterior, weight } of this.#cases) {
			const count = Math.ceil(weight * draws);
			const draw = posterior.drawsAt(points);
			let within = 0;
			for (let i = 0; i < count; i++) {
				const costs = draw(points.map(() => rng.normal())).map((cost, k) => cost + bowl(points[k]));
				if (costs[0] <= Math.min(...costs) + log(ratio)) within++;
			}
			chance += (weight * within) / count;
		}
		return chance;
	}
}

/** E max(0, Z − z) for a standard normal Z and z ≥ 0. */
const unitLoss = (z: number): number => exp(logDensity(z)) - z * exp(logProbabilityBetween(z, Number.POSITIVE_INFINITY));

const bowl = ({ rate, size }: Point): number => expected.rate * rate ** 2 + expected.size * size ** 2;

function posteriorOf(observations: readonly Observation[], luck: number): Posterior<Point, Observation> {
	const noise = (a: Observation, b: Observation) =>
		(a.seed === b.seed ? (prior.shared * luck) ** 2 : 0) +
		(a === b ? (1 - prior.shared ** 2) * luck ** 2 + (a.isLeast ? beyond ** 2 : 0) : 0);
	const values = observations.map((one) => one.cost + (one.isLeast ? beyond : 0) - bowl(one));
	return new Posterior(observations, values, covariance, noise);
}

/** Of what the cost at two settings differs from the bowl at the setting of reference. */
function covariance(a: Point, b: Point): number {
	const { level, slope, bend, dent, reach } = prior;
	const apart = ((a.rate - b.rate) / reach.rate) ** 2 + ((a.size - b.size) / reach.size) ** 2;
	return (
		level ** 2 +
		slope ** 2 * (a.rate * b.rate + a.size * b.size) +
		(bend.rate * a.rate * b.rate) ** 2 +
		(bend.size * a.size * b.size) ** 2 +
		dent ** 2 * exp(-apart / 2)
	);
}
