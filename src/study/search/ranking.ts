import type { HalfOctave } from "../../core/rates.js";
import { type Best, descend, isBetter, type Tuned } from "./descend.js";
import type { Rounds } from "./rounds.js";
import { type Crossed, capAhead, type Runs } from "./runs.js";
import { inside, type SearchSpace, widening } from "./space.js";

/** How many times as long as on the tuning seeds the winner may take on fresh ones before a neighbour is tried. */
const mostTimesTheTuned = 4;

/**
 * The tuned rate and its neighbours in the order in which they should be reported: the one with the least median on the selecting seeds
 * first; then the others, the lower rate first, since the cliff lies above. If none of them has a median, the tuned rate was lucky: the
 * best rate below replaces it. If all seeds give equal results, fresh ones would show nothing new, so the tuned rate is taken.
 */
export function* ranking(runs: Runs, space: SearchSpace, tuned: Tuned): Rounds<readonly HalfOctave[]> {
	const around = (rate: HalfOctave) => inside([rate - 1, rate, rate + 1], space);
	const candidates = around(tuned.rate);
	if (runs.seedsAreAlike) return [tuned.rate, ...candidates.filter((rate) => rate !== tuned.rate)];
	let best: Best | null = null;
	for (const rate of [tuned.rate, ...candidates.filter((candidate) => candidate !== tuned.rate)]) {
		const cap: number = best
			? rate > best.rate
				? capAhead(space.before, best)
				: best.steps
			: space.lookAt(Math.min(space.limit, mostTimesTheTuned * tuned.steps));
		const found: Crossed | null = yield* runs.median(rate, cap, rate === tuned.rate ? "tuned" : "next to tuned");
		if (found !== null && (best === null || isBetter(found, best, rate - best.rate))) best = { rate, steps: found.steps, mark: found.mark };
	}
	if (best) return [best.rate, ...candidates.filter((rate) => rate !== best.rate)];
	const below = yield* bestBelow(runs, space, tuned);
	const first = below?.rate ?? tuned.rate;
	return [first, ...around(first).filter((rate) => rate !== first)];
}

/**
 * The best rate below one that met the goal on the tuning seeds by luck, as one near the edge of stability may; null where none within four
 * octaves has a median. The first that has one is sought downwards, since the cliff lies above: on the safe side of it steps grow by √2 for
 * every half octave at most, so each rate may take as much longer than the one above. From there the valley's bottom is found as in tuning.
 */
function* bestBelow(runs: Runs, space: SearchSpace, tuned: Tuned): Rounds<Tuned | null> {
	let most = mostTimesTheTuned * tuned.steps * Math.SQRT2;
	for (let rate = tuned.rate - 2; rate >= Math.max(space.lowest, tuned.rate - widening); rate--) {
		most *= Math.SQRT2;
		const found = yield* runs.median(rate, space.lookAt(Math.min(space.limit, most)), "fallback");
		if (found !== null) return yield* descend(runs, space, { rate, steps: found.steps, mark: found.mark }, () => {});
	}
	return null;
}
