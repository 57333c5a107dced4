import type { HalfOctave } from "../../core/rates.js";
import type { Caps } from "./caps.js";
import type { Rounds } from "./rounds.js";
import type { FirstRun, Runs } from "./runs.js";

/** Where a search may look, in half octaves, and where runs may be ended. */
export interface SearchSpace extends Caps {
	readonly from: HalfOctave;
	readonly to: HalfOctave;
	/** The range widens to here, and no further, where the best rate lies at its edge. */
	readonly lowest: HalfOctave;
	readonly highest: HalfOctave;
}

/** A rate and its median steps-to-target. */
export interface Tuned {
	readonly rate: HalfOctave;
	readonly steps: number;
}

/** In half octaves. */
const octave = 2;

/** Half octaves between the rates of the coarse set: two octaves, within which steps grow about twofold. */
const coarseSpacing = 4;

/** How much longer a rate may take on further seeds than on its first before it is given up. */
const patience = 4;

/** Shares of the limit that a coarse search gives every rate, one after the other, until one reaches the goal. */
const shares = [1 / 256, 1 / 64, 1 / 16, 1 / 4, 1];

/**
 * The bottom of the valley that `start` lies in. S over the rate has one valley, so a rate whose two neighbours are no better is the best. Each challenger
 * is capped at the incumbent's median, which ends it exactly when it can no longer win; a diverged or capped neighbour counts as the valley's
 * edge. At the same look the lower rate wins: a higher one must be a look faster. From the bottom itself this costs seven runs of the best rate: three of its own
 * and two at each side. `report` is told of every new incumbent.
 */
export function* descend(runs: Runs, space: SearchSpace, start: Tuned, report: (best: Tuned) => void): Rounds<Tuned> {
	let best = start;
	for (let direction: 1 | -1 = 1, turned = false; ; ) {
		const challenger: HalfOctave = best.rate + direction;
		const within = challenger >= space.lowest && challenger <= space.highest;
		const cap: number = direction === 1 ? space.before(best.steps) : best.steps;
		const steps: number | null = within ? yield* runs.median(challenger, cap) : null;
		if (steps !== null) {
			best = { rate: challenger, steps };
			report(best);
		} else if (turned) return best;
		else {
			direction = direction === 1 ? -1 : 1;
			turned = true;
		}
	}
}

/** Steps after which a rate that was expected to take `steps` is given up. */
const promised = (space: SearchSpace, { steps }: Tuned): number => space.lookAt(Math.min(space.limit, 2 * steps));

/**
 * A first incumbent: the expected rate if it keeps its promise, else one an octave or two below, since the cliff lies above; null where none does. One seed
 * tells whether a rate is worth the others.
 */
export function* expectedStart(runs: Runs, space: SearchSpace, expected: Tuned): Rounds<Tuned | null> {
	const cap = promised(space, expected);
	const start = Math.min(expected.rate, space.highest);
	for (const rate of [start, start - octave, start - 2 * octave].filter((rate) => rate >= space.lowest)) {
		const [first] = yield* runs.first([rate], cap);
		const steps = first.steps === null ? null : yield* runs.median(rate, cap);
		if (steps !== null) return { rate, steps };
	}
	return null;
}

/**
 * One seed of a coarse set of rates, all given the same few steps, then four times as many, and so on up to the limit, until one reaches the goal:
 * a bad rate then costs a small share of what an uncapped run of it would. (Trials start again from step 0, and the cost counts that.) Where
 * no coarse rate reaches the goal at all, one between them, or beyond the range's edge, still may: see `climb`. `expected`: a rate that didn't keep its
 * promise, so that the others are given longer from the start.
 */
export function* coarseStart(runs: Runs, space: SearchSpace, expected: Tuned | null): Rounds<Tuned | null> {
	const beyond = expected ? promised(space, expected) : 0;
	let rates = coarseRates(space);
	for (const share of shares) {
		const cap = space.lookAt(Math.max(1, share * space.limit));
		if (cap <= beyond && share < 1) continue;
		const firstRuns = yield* runs.first(rates, cap);
		const found = yield* fastest(runs, space, rates, firstRuns, cap);
		if (found) return found;
		if (cap === space.limit) return yield* climb(runs, space, rates, firstRuns);
		rates = rates.filter((_, i) => firstRuns[i].steps !== null || firstRuns[i].closest !== null);
	}
	return null;
}

/** The first of these rates, fastest on its first seed first, that reaches the goal on most seeds. */
function* fastest(
	runs: Runs,
	space: SearchSpace,
	rates: readonly HalfOctave[],
	firstRuns: readonly FirstRun[],
	cap: number,
): Rounds<Tuned | null> {
	const reached = rates
		.flatMap((rate, i) => (firstRuns[i].steps === null ? [] : [{ rate, steps: firstRuns[i].steps }]))
		.sort((a, b) => a.steps - b.steps || a.rate - b.rate);
	for (const { rate, steps } of reached) {
		const median = yield* runs.median(rate, Math.max(cap, space.lookAt(Math.min(space.limit, patience * steps))));
		if (median !== null) return { rate, steps: median };
	}
	return null;
}

/**
 * Climbs from the coarse rate that came closest to the goal towards rates that come closer still, in strides of two octaves, one, a half, each run
 * to the limit, until one reaches the goal; null where that leads nowhere.
 */
function* climb(runs: Runs, space: SearchSpace, rates: readonly HalfOctave[], firstRuns: readonly FirstRun[]): Rounds<Tuned | null> {
	const height = (run: FirstRun): number => (run.steps === null ? (run.closest?.() ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY);
	let top = { rate: Number.NaN, height: Number.NEGATIVE_INFINITY };
	for (const side of rates.map((rate, i) => ({ rate, height: height(firstRuns[i]) }))) if (side.height > top.height) top = side;
	for (let stride = coarseSpacing; stride >= 1 && Number.isFinite(top.height); ) {
		const sides = [top.rate - stride, top.rate + stride].filter((rate) => rate >= space.lowest && rate <= space.highest);
		const sideRuns = yield* runs.first(sides, space.limit);
		const found = yield* fastest(runs, space, sides, sideRuns, space.limit);
		if (found) return found;
		const better = sides.map((rate, i) => ({ rate, height: height(sideRuns[i]) })).filter((side) => side.height > top.height);
		if (better.length === 0) stride /= 2;
		else top = better.reduce((a, b) => (b.height > a.height ? b : a));
	}
	return null;
}

/** Every second octave, from the middle of the range outwards to its ends; always at least one. */
function coarseRates({ from, to }: SearchSpace): HalfOctave[] {
	const count = Math.floor((to - from) / coarseSpacing);
	const first = from + Math.floor((to - from - count * coarseSpacing) / 2);
	return Array.from({ length: count + 1 }, (_, i) => first + i * coarseSpacing);
}
