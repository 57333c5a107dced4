import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import type { RateReason } from "../reason.js";
import { climb } from "../search/climb.js";
import type { Best } from "../search/descend.js";
import type { Rounds } from "../search/rounds.js";
import type { Crossed, FirstRun, Runs } from "../search/runs.js";
import { inside, type SearchSpace } from "../search/space.js";

/** What a search starts from. */
export interface Start {
	/** Tried at once. */
	readonly rates: readonly HalfOctave[];
	readonly why: (rate: HalfOctave) => RateReason;
	/** Half octaves from the best rate to those tried next to it, from wide to narrow. */
	readonly strides: readonly number[];
	/** Steps that a run may take while none has reached the goal (a look). */
	readonly cap: number;
}

/**
 * How much longer than the best run of a batch size a run at another rate may take: a run shows the shape of the valley by when it
 * ends.
 */
export const worthSeeing = 2;

/**
 * A learning rate from single runs with one seed, so that rates are compared in pairs. If no run reaches the goal within the cap, the
 * search follows the rates that came closest, and the best of them gets four times as long. If no run had a look, all of them do: a trainer
 * that reports rarely shows nothing before. The last stride is an octave: a parabola through the three runs finds the best half octave in
 * it about as well as two more runs would. Null if no rate reaches the goal within the limit.
 */
export function* valley(runs: Runs, space: SearchSpace, start: Start): Rounds<Best | null> {
	let { rates, why } = start;
	for (let cap = Math.min(start.cap, space.limit); ; cap = space.lookAt(Math.min(space.limit, 4 * cap))) {
		const tried = new Map<HalfOctave, FirstRun>();
		function* tryOut(rates: readonly HalfOctave[], cap: number, why: Start["why"]): Rounds<false> {
			const fresh = inside(rates, space).filter((rate) => !tried.has(rate));
			const found = yield* runs.first(fresh, cap, why);
			for (const [i, rate] of fresh.entries()) tried.set(rate, found[i]);
			return false;
		}
		yield* tryOut(rates, cap, why);
		if (showsNothing(tried)) {
			if (cap === space.limit) return null;
			why = () => "longer";
			continue;
		}
		const stepsAt = (rate: HalfOctave) => tried.get(rate)?.steps ?? null;
		yield* climb(
			start.strides,
			() => bestOf(tried),
			(sides) => {
				const best = bestOf(tried);
				const steps = stepsAt(best);
				if (steps === null) return tryOut(sides, cap, () => "climb");
				return tryOut(sides, space.lookAt(Math.min(space.limit, worthSeeing * steps)), (rate) =>
					rate > best ? "neighbour above" : "neighbour below",
				);
			},
		);
		const top = bestOf(tried);
		const { steps, mark } = tried.get(top) ?? { steps: null, mark: null };
		const last = start.strides[start.strides.length - 1];
		if (steps !== null && mark !== null) return settled({ rate: top, steps, mark }, last, tried);
		if (cap === space.limit) return null;
		rates = [top - last, top, top + last];
		why = () => "longer";
	}
}

/** Whether no run had a look before its cap, though one could have gone on: the cap is too small to compare rates. */
const showsNothing = (tried: ReadonlyMap<HalfOctave, FirstRun>): boolean => {
	const runs = [...tried.values()];
	const unseen = ({ steps, closest }: FirstRun) => steps === null && (closest === null || closest() === Number.NEGATIVE_INFINITY);
	return runs.some(({ closest }) => closest !== null) && runs.every(unseen);
};

/** The rate that reached the goal first, else came closest; of equal ones the lowest. */
function bestOf(tried: ReadonlyMap<HalfOctave, FirstRun>): HalfOctave {
	const places = [...tried].map(([rate, { mark, closest }]) => ({
		rate,
		mark: mark ?? Number.POSITIVE_INFINITY,
		height: mark === null ? (closest?.() ?? Number.NEGATIVE_INFINITY) : 0,
	}));
	return places.reduce((best, place) => {
		const gain = place.mark === best.mark ? place.height - best.height : best.mark - place.mark;
		return gain > 0 || (gain === 0 && place.rate < best.rate) ? place : best;
	}).rate;
}

/** How much longer a rate may take than one a stride above, and be preferred. */
const plateau = 1.25;

/**
 * If noise doesn't limit a rate, a rate an octave lower takes up to twice as long. If the lower rate takes hardly longer, it lies on the
 * plateau before the cliff, where a single run may be lucky. Then the lowest rate of the plateau is hardly worse and safer, and half a
 * stride above it is better. Otherwise the result is the bottom of the parabola through log S at the best rate and one stride to either
 * side, rounded to a half octave. A run that missed the goal counts as longer than its cap.
 */
function settled(best: Best, stride: number, tried: ReadonlyMap<HalfOctave, FirstRun>): Best {
	let { rate } = best;
	let slower: Crossed = best;
	const flatBelow = (): Crossed | null => {
		const { steps = null, mark = null } = tried.get(rate - stride) ?? {};
		if (steps === null || mark === null || mark > plateau * best.mark) return null;
		// At the very first look, runs of any speed arrive together, so no plateau can be seen.
		return mark < steps && steps === best.steps && mark > best.mark ? null : { steps, mark };
	};
	for (let below = flatBelow(); below !== null; below = flatBelow()) {
		rate -= stride;
		slower = below;
	}
	if (rate < best.rate) return { rate: rate + stride / 2, steps: slower.steps, mark: slower.mark };
	const [left, right] = [rate - stride, rate + stride].map((side) => slowdown(tried.get(side), best.mark));
	const offset = left + right > 0 && Number.isFinite(left + right) ? (stride * (left - right)) / (2 * (left + right)) : 0;
	return { ...best, rate: offset > believedOffset ? rate + 1 : offset < -believedOffset ? rate - 1 : rate };
}

/** Half octaves by which a parabola's bottom must be off centre to be trusted. */
const believedOffset = 0.6;

/** log S over that of the best rate; ∞ where the rate wasn't tried. */
function slowdown(run: FirstRun | undefined, best: number): number {
	if (run === undefined) return Number.POSITIVE_INFINITY;
	if (run.mark !== null) return log(run.mark / best);
	return log(run.closest === null ? worthSeeing ** 2 : worthSeeing * Math.SQRT2);
}
