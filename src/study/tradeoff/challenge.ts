import type { HalfOctave } from "../../core/rates.js";
import type { Rounds } from "./rounds.js";
import type { Runs } from "./runs.js";
import { descend, type SearchSpace, type Tuned } from "./search.js";

/** Half octaves between a rate and its rivals: an octave first, then half of one. */
const strides = [2, 1] as const;

/** Octaves by which the start comes down at most from rates at which runs diverge. */
const furthestDown = 4;

/** What came of a challenge. */
export interface Challenged {
	/** The setting's best rate where it beats the incumbent; else null. */
	readonly won: Tuned | null;
	/** That rate; or the one that came closest. */
	readonly rate: HalfOctave;
}

/**
 * Whether a setting can beat a column's best median, `incumbent` steps, and if so its best rate. No run goes on for longer than to the look before that median,
 * whatever its rate: there it can no longer win.
 *
 * How close to the goal a run has come by then tells where the setting's valley lies: from the start the search climbs towards rates whose first seed comes closer,
 * an octave at a time, then half an octave. The first rate that reaches the goal on most seeds has won; from there the valley's bottom is found as in any search.
 * Else the rate that came closest is given further seeds, lest its first was an unlucky one, and then the setting is out.
 */
export function* challenge(
	runs: Runs,
	space: SearchSpace,
	start: HalfOctave,
	incumbent: number,
	report: (best: Tuned) => void,
): Rounds<Challenged> {
	const cap = space.before(incumbent);
	const { won, rate } = yield* climbTo(runs, space, Math.min(space.highest, Math.max(space.lowest, start)), cap);
	if (!won) return { won, rate };
	report(won);
	const best = yield* descend(runs, space, won, report);
	return { won: best, rate: best.rate };
}

/** The first rate on the way up that has a median within the cap; or none, and the top. */
function* climbTo(runs: Runs, space: SearchSpace, start: HalfOctave, cap: number): Rounds<Challenged> {
	if (cap === 0) return { won: null, rate: start };
	const heights = new Map<HalfOctave, number>();
	const heightOf = (rate: HalfOctave): number => heights.get(rate) ?? Number.NEGATIVE_INFINITY;
	function* tryOut(rates: readonly HalfOctave[]): Rounds<Tuned | null> {
		const fresh = rates.filter((rate) => rate >= space.lowest && rate <= space.highest && !heights.has(rate));
		const firstRuns = yield* runs.first(fresh, cap);
		for (const [i, rate] of fresh.entries()) heights.set(rate, firstRuns[i].closest?.() ?? Number.NEGATIVE_INFINITY);
		const reached = fresh.flatMap((rate, i) => (firstRuns[i].steps === null ? [] : [{ rate, steps: firstRuns[i].steps }]));
		for (const { rate } of reached.sort((a, b) => a.steps - b.steps || a.rate - b.rate)) {
			const steps = yield* runs.median(rate, cap);
			if (steps !== null) return { rate, steps };
		}
		return null;
	}

	let top = start;
	for (let down = 0; ; down++, top -= strides[0]) {
		const won = yield* tryOut([top]);
		if (won) return { won, rate: won.rate };
		if (heightOf(top) > Number.NEGATIVE_INFINITY) break;
		if (down === furthestDown || top - strides[0] < space.lowest) return { won: null, rate: top };
	}
	for (const stride of strides) {
		for (let higher = [top]; higher.length > 0; ) {
			const sides = [top - stride, top + stride];
			const won = yield* tryOut(sides);
			if (won) return { won, rate: won.rate };
			higher = sides.filter((rate) => heightOf(rate) > heightOf(top)).sort((a, b) => heightOf(b) - heightOf(a));
			top = higher[0] ?? top;
		}
	}
	const steps = yield* runs.median(top, cap);
	return { won: steps === null ? null : { rate: top, steps }, rate: top };
}
