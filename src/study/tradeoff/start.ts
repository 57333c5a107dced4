import type { HalfOctave } from "../../core/rates.js";
import { climb, fastest, heightOf, highestOf } from "../search/climb.js";
import type { Best, Tuned } from "../search/descend.js";
import type { Rounds } from "../search/rounds.js";
import type { FirstRun, Runs } from "../search/runs.js";
import { inside, type SearchSpace } from "../search/space.js";

/** In half octaves. */
const octave = 2;

/** Half octaves between the rates of the coarse set: two octaves, within which steps grow about twofold. */
const coarseSpacing = 4;

/** Half octaves to the sides that are tried between the coarse rates, from wide to narrow. */
const strides = [coarseSpacing, coarseSpacing / 2, coarseSpacing / 4] as const;

/** How much longer a rate may take on further seeds than on its first before it is given up. */
const mostTimesTheFirst = 4;

/** Shares of the limit that a coarse search gives every rate, one after the other, until one reaches the goal. */
const shares = [1 / 256, 1 / 64, 1 / 16, 1 / 4, 1];

/** Steps after which a rate that was expected to take `steps` is given up. */
const promised = (space: SearchSpace, { steps }: Tuned): number => space.lookAt(Math.min(space.limit, 2 * steps));

/**
 * A first incumbent: the expected rate if it performs as expected, else one an octave or two below, since the cliff lies above; null if
 * none does. One seed shows whether a rate is worth the others.
 */
export function* expectedStart(runs: Runs, space: SearchSpace, expected: Tuned): Rounds<Best | null> {
	const cap = promised(space, expected);
	const start = Math.min(expected.rate, space.highest);
	for (const rate of [start, start - octave, start - 2 * octave].filter((rate) => rate >= space.lowest)) {
		const [first] = yield* runs.first([rate], cap, () => (rate === start ? "start" : "lower start"));
		const found = first.steps === null ? null : yield* runs.median(rate, cap, "further seeds");
		if (found !== null) return { rate, steps: found.steps, mark: found.mark };
	}
	return null;
}

/**
 * One seed of a coarse set of rates, all given the same few steps, then four times as many, and so on up to the limit, until one reaches
 * the goal: a bad rate then costs a small share of what an uncapped run of it would. (Trials start again from step 0, and the cost counts
 * that.) Where no coarse rate reaches the goal at all, one between them, or beyond the range's edge, still may: see `climbBetween`.
 * `expected`: a rate that performed worse than expected, so the others get longer from the start.
 */
export function* coarseStart(runs: Runs, space: SearchSpace, expected: Tuned | null): Rounds<Best | null> {
	const beyond = expected ? promised(space, expected) : 0;
	let rates = coarseRates(space);
	for (const share of shares) {
		const cap = space.lookAt(Math.max(1, share * space.limit));
		if (cap <= beyond && share < 1) continue;
		const firstRuns = yield* runs.first(rates, cap, () => "spread");
		const found = yield* fastest(runs, rates, firstRuns, (steps) =>
			Math.max(cap, space.lookAt(Math.min(space.limit, mostTimesTheFirst * steps))),
		);
		if (found) return found;
		if (cap === space.limit) return yield* climbBetween(runs, space, rates, firstRuns);
		rates = rates.filter((_, i) => firstRuns[i].steps !== null || firstRuns[i].closest !== null);
	}
	return null;
}

/**
 * Climbs from the coarse rate that came closest to the goal towards rates that come closer still, in strides of two octaves, one, a half,
 * each run to the limit, until one reaches the goal; null if none does, or if only the first seed of that rate reaches it.
 */
function* climbBetween(runs: Runs, space: SearchSpace, rates: readonly HalfOctave[], firstRuns: readonly FirstRun[]): Rounds<Best | null> {
	const heights = new Map(rates.map((rate, i) => [rate, heightOf(firstRuns[i])]));
	let found: Best | null = null;
	function* tryOut(sides: readonly HalfOctave[]): Rounds<boolean> {
		const fresh = inside(sides, space).filter((rate) => !heights.has(rate));
		const sideRuns = yield* runs.first(fresh, space.limit, () => "climb");
		for (const [i, rate] of fresh.entries()) heights.set(rate, heightOf(sideRuns[i]));
		found = yield* fastest(runs, fresh, sideRuns, () => space.limit);
		return heights.get(highestOf(heights)) === Number.POSITIVE_INFINITY;
	}
	if (heights.size > 0 && Number.isFinite(heights.get(highestOf(heights)))) yield* climb(strides, () => highestOf(heights), tryOut);
	return found;
}

/** Every second octave, from the middle of the range outwards to its ends; always at least one. */
function coarseRates({ from, to }: SearchSpace): HalfOctave[] {
	const count = Math.floor((to - from) / coarseSpacing);
	const first = from + Math.floor((to - from - count * coarseSpacing) / 2);
	return Array.from({ length: count + 1 }, (_, i) => first + i * coarseSpacing);
}
