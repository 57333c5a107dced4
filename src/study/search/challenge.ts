import type { HalfOctave } from "../../core/rates.js";
import type { RateReason } from "../reason.js";
import { climb, fastest, heightOf, highestOf } from "./climb.js";
import { type Best, descend } from "./descend.js";
import type { Rounds } from "./rounds.js";
import type { Runs } from "./runs.js";
import { inside, type SearchSpace } from "./space.js";

/** Half octaves between a rate and its rivals: an octave first, then half of one. */
const strides = [2, 1] as const;

/** Largest number of octaves by which the start moves down from rates at which runs diverge. */
const furthestDown = 4;

/** The outcome of a challenge. */
export interface Challenged {
	/** The setting's best rate where it beats the incumbent; else null. */
	readonly won: Best | null;
	/** That rate; or the one that came closest. */
	readonly rate: HalfOctave;
}

/**
 * Whether a setting can beat a column's best median, `incumbent` steps, and if so its best rate. No run goes beyond the look before that
 * median, since it can no longer win there.
 *
 * How close to the goal a run has come by then shows where the setting's valley lies: from the start the search climbs towards rates whose
 * first seed comes closer, an octave at a time, then half an octave. The first rate that reaches the goal on most seeds has won; from there
 * the valley's bottom is found as in any search. Else the rate that came closest is given further seeds, in case its first was an unlucky
 * one, and then the setting is out.
 */
export function* challenge(
	runs: Runs,
	space: SearchSpace,
	start: HalfOctave,
	incumbent: number,
	report: (best: Best) => void,
): Rounds<Challenged> {
	const cap = space.before(incumbent);
	const { won, rate } = yield* climbTo(runs, space, Math.min(space.highest, Math.max(space.lowest, start)), cap);
	if (!won) return { won, rate };
	report(won);
	const best = yield* descend(runs, space, won, report);
	return { won: best, rate: best.rate };
}

/** The first rate on the way up with a median within the cap; or none, with the highest rate. */
function* climbTo(runs: Runs, space: SearchSpace, start: HalfOctave, cap: number): Rounds<Challenged> {
	if (cap === 0) return { won: null, rate: start };
	const heights = new Map<HalfOctave, number>();
	let won: Best | null = null;
	function* tryOut(rates: readonly HalfOctave[], why: RateReason): Rounds<boolean> {
		const fresh = inside(rates, space).filter((rate) => !heights.has(rate));
		const firstRuns = yield* runs.first(fresh, cap, () => why);
		for (const [i, rate] of fresh.entries()) heights.set(rate, heightOf(firstRuns[i]));
		won = yield* fastest(runs, fresh, firstRuns, () => cap);
		return won !== null;
	}
	const outcome = (rate: HalfOctave): Challenged => ({ won, rate: won?.rate ?? rate });

	let top = start;
	for (let down = 0; ; down++, top -= strides[0]) {
		if (yield* tryOut([top], down === 0 ? "other setting" : "lower start")) return outcome(top);
		if (heights.get(top) !== Number.NEGATIVE_INFINITY) break; // it can still be followed
		if (down === furthestDown || top - strides[0] < space.lowest) return outcome(top);
	}
	yield* climb(
		strides,
		() => highestOf(heights),
		(sides) => tryOut(sides, "climb"),
	);
	top = highestOf(heights);
	if (won === null) {
		const found = yield* runs.median(top, cap, "further seeds");
		if (found !== null) won = { rate: top, steps: found.steps, mark: found.mark };
	}
	return outcome(top);
}
