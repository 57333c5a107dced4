import type { HalfOctave } from "../../core/rates.js";
import type { Best } from "./descend.js";
import type { Rounds } from "./rounds.js";
import type { FirstRun, Runs } from "./runs.js";

/**
 * Climbs towards the goal on first runs: tries both sides of the highest rate so far, a stride away, for as long as one of them is higher
 * still; then the next stride. `strides`: half octaves, from wide to narrow. `top`: the highest rate tried so far. `tryOut`: runs the sides
 * that may be tried and weren't, and returns whether that ends the climb.
 */
export function* climb(
	strides: readonly number[],
	top: () => HalfOctave,
	tryOut: (sides: readonly HalfOctave[]) => Rounds<boolean>,
): Rounds<void> {
	for (const stride of strides) {
		for (let from: HalfOctave | null = null; from !== top(); ) {
			from = top();
			if (yield* tryOut([from - stride, from + stride])) return;
		}
	}
}

/** The height of a first run: how close to the goal it came; +∞ if it met it, −∞ if the rate is useless. */
export const heightOf = ({ closest }: FirstRun): number => closest?.() ?? Number.NEGATIVE_INFINITY;

/** The highest of the rates tried; of equal ones the one tried first. At least one. */
export function highestOf(heights: ReadonlyMap<HalfOctave, number>): HalfOctave {
	return [...heights].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/**
 * The first of these rates, fastest on its first seed first, that reaches the goal on most seeds. `capOf`: what each may take, by its first
 * run's steps.
 */
export function* fastest(
	runs: Runs,
	rates: readonly HalfOctave[],
	firstRuns: readonly FirstRun[],
	capOf: (steps: number) => number,
): Rounds<Best | null> {
	const reached = rates
		.flatMap((rate, i) => {
			const { steps, mark } = firstRuns[i];
			return steps === null || mark === null ? [] : [{ rate, steps, mark }];
		})
		.sort((a, b) => a.mark - b.mark || a.rate - b.rate);
	for (const { rate, steps } of reached) {
		const median = yield* runs.median(rate, capOf(steps), "further seeds");
		if (median !== null) return { rate, steps: median.steps, mark: median.mark };
	}
	return null;
}
