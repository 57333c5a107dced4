import { stepsBetween } from "../../analysis/untried.js";
import { mean } from "../../core/mean.js";
import { exp, log } from "../../core/numerics.js";
import type { Rng } from "../../core/rng.js";

/** A batch size with the natural logarithms of its reporting runs' steps-to-target. */
export interface Reported {
	readonly batchSize: number;
	readonly logSteps: readonly number[];
}

/** A batch size that may be recommended, with what a step costs there, in natural logarithm, under each of the prices (see `pricesOf`). */
export interface Size {
	readonly batchSize: number;
	readonly prices: readonly number[];
}

const draws = 500;

/**
 * Standard deviation of log steps between single runs: at least the first, since two or three runs may agree by chance; the second before
 * any size has two.
 */
const spreads = { least: 0.1, guess: 0.3 } as const;

/** The gain from knowing a batch size better. */
export interface Gain {
	readonly batchSize: number;
	/** Whether it has reporting runs. */
	readonly tried: boolean;
	/**
	 * How much it may improve on the best-looking size: the mean over draws and prices of the improvement beyond half the tolerance, in
	 * natural log.
	 */
	readonly gain: number;
}

/** How unsure the recommendation is. */
export interface Doubt {
	readonly gains: readonly Gain[];
	/** The sizes that look best, one for each of the prices, each once. */
	readonly best: readonly number[];
	/** The share of draws in which the best-looking size is within the tolerance of the best; the least over the prices. */
	readonly within: number;
}

/**
 * The recommendation drawn many times over: log S of every reported size from a normal around the mean of its runs, with the spread of
 * single runs pooled over the sizes, as two or three runs of one size don't show it; steps at the others from those (see `stepsBetween`).
 * All operations are exact, since the choice of trials depends on it. `reported`: ascending, at least one.
 */
export function doubtOf(sizes: readonly Size[], reported: readonly Reported[], tolerance: number, rng: Rng): Doubt {
	const batchSizes = sizes.map(({ batchSize }) => batchSize);
	const spread = spreadOf(reported);
	const means = reported.map(({ logSteps }) => mean(logSteps));
	const tried = reported.map(({ batchSize }) => batchSizes.indexOf(batchSize));
	const drawn = Array.from({ length: draws }, () => {
		const known = reported.map(({ batchSize, logSteps }, j) => ({
			batchSize,
			steps: exp(means[j] + (spread / Math.sqrt(logSteps.length)) * rng.normal()),
		}));
		return batchSizes.map((size) => log(stepsBetween(size, known)));
	});
	const slack = log(1 + tolerance);
	const gains = new Float64Array(batchSizes.length);
	const best = new Set<number>();
	let within = 1;
	for (const k of sizes[0].prices.keys()) {
		const price = sizes.map(({ prices }) => prices[k]);
		const scores = tried.map((place, j) => means[j] + price[place]);
		const chosen = tried[scores.indexOf(Math.min(...scores))];
		best.add(batchSizes[chosen]);
		let good = 0;
		for (const logSteps of drawn) {
			const ahead = logSteps.map((value, i) => logSteps[chosen] - value + price[chosen] - price[i]);
			for (const [i, lead] of ahead.entries()) gains[i] += Math.max(0, lead - slack / 2);
			if (Math.max(...ahead) <= slack) good++;
		}
		within = Math.min(within, good / draws);
	}
	const cases = draws * sizes[0].prices.length;
	return {
		within,
		best: [...best],
		gains: batchSizes.map((batchSize, i) => ({ batchSize, tried: tried.includes(i), gain: gains[i] / cases })),
	};
}

function spreadOf(reported: readonly Reported[]): number {
	let squares = 0;
	let degrees = 0;
	for (const { logSteps } of reported) {
		const centre = mean(logSteps);
		squares += logSteps.reduce((sum, value) => sum + (value - centre) ** 2, 0);
		degrees += logSteps.length - 1;
	}
	return degrees === 0 ? spreads.guess : Math.max(spreads.least, Math.sqrt(squares / degrees));
}
