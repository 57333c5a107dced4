import { crossingMark } from "../../core/crossing-mark.js";
import { internal } from "../../core/errors.js";
import { closestToGoal, type Goal } from "../../core/goal.js";
import { type HalfOctave, halfOctaveAbove, rateAt } from "../../core/rates.js";
import { type Setting, settingKey } from "../../core/setting.js";
import type { Phase, TrialResult, TrialSpec } from "../../core/trial.js";
import type { Asked, RateReason, Reason } from "../reason.js";
import type { Study } from "../study.js";
import { type Caps, capsOf } from "./caps.js";
import type { Rounds } from "./rounds.js";
import { SeedWatch } from "./seed-watch.js";
import { seedOf } from "./seeds.js";

/** What is known about one run, from all its caps: the look at which it reaches the goal, or a step by which it doesn't. */
type Known = { readonly result: TrialResult } & (Crossed | { readonly notBy: number });

/** Where a run, or the median of several, met the goal. */
export interface Crossed {
	/** The look at which it counts as reached: what caps go by. */
	readonly steps: number;
	/** The value by which rates are compared (see `crossingMark`): equal to the steps, unless looks lie far apart. */
	readonly mark: number;
}

/** Whether the mark lies before the look: then another run may have been faster and still be seen at that very look. */
const isBetweenLooks = ({ steps, mark }: Crossed): boolean => mark < steps;

/** The last step at which a run can be seen to be ahead of this one, by `Caps`. */
export const capAhead = (before: Caps["before"], crossed: Crossed): number =>
	isBetweenLooks(crossed) ? crossed.steps : before(crossed.steps);

/**
 * A first run of a rate: the look that met the goal, or null. `closest` gives how close to it the run came (higher is closer; +Infinity: it
 * met it; −Infinity: the metric was never a number) and reads its looks for that; null if the rate can't reach the goal in any time.
 * A script that ended by itself before its cap can't run longer, but how close it came shows where better rates lie.
 */
export interface FirstRun {
	readonly steps: number | null;
	/** Null where `steps` is. */
	readonly mark: number | null;
	readonly closest: (() => number) | null;
}

/** The block of seeds of a phase, at one batch size and setting. `purpose`: the reason for it, apart from the rate. */
export const runsOf = (
	study: Study,
	batchSize: number,
	setting: Setting,
	purpose: { readonly kind: "selecting" | "tuning" },
	{ probe = false, seedWatch = new SeedWatch(study) } = {},
): Runs =>
	new Runs({
		probe,
		seedWatch,
		phase: purpose.kind,
		reason: (rate) => ({ ...purpose, rate }),
		batchSize,
		setting,
		seeds: study.seeds[purpose.kind],
		studySeed: study.seed,
		before: capsOf(study, batchSize).before,
		goal: study.goal,
		ratio: study.looks.ratio,
	});

/**
 * The runs of one phase, setting and batch size: one block of seeds, shared by all rates. Rates are compared by the median steps-to-target
 * over the block; of an even number of seeds the upper middle one, so that a rate counts as reaching the goal only if most of its runs do.
 */
export class Runs {
	readonly #known = new Map<string, Known>();
	readonly #seeds: readonly number[];
	/** How many of the block's runs must reach the goal for the block to have a median. */
	readonly #majority: number;

	constructor(
		private readonly block: {
			readonly phase: Phase;
			readonly batchSize: number;
			readonly setting: Setting;
			readonly seeds: number;
			readonly studySeed: number;
			/** See `Caps`. */
			readonly before: Caps["before"];
			readonly goal: Goal;
			/** Between looks that are due. */
			readonly ratio: number;
			/** Why a run is asked for, by what its rate is. */
			readonly reason: (rate: RateReason) => Reason;
			/** Whether seeds make a difference; the same for all blocks of a column. */
			readonly seedWatch: SeedWatch;
			/** Whether the noise is probed along each run; not by default. */
			readonly probe?: boolean;
		},
	) {
		this.#majority = Math.floor(block.seeds / 2) + 1;
		this.#seeds = range(0, block.seeds).map((index) => seedOf(block.studySeed, block.phase, index));
	}

	/**
	 * The median of a rate's block if it is at most `cap` steps (a look), else null; exactly, with the fewest steps that can
	 * decide this. As many seeds as make a median run at once, each capped; the others only while they can still change the answer:
	 *
	 *  - too few have reached the goal: the rest might still make a majority, or the rate is out;
	 *  - enough have: a further run matters only if it is faster than the current median, so it is capped at the look before that; and not at all
	 *    where enough runs met the goal at one look.
	 *
	 * Where different seeds give equal results, the first stands for all.
	 */
	*median(rate: HalfOctave, cap: number, why: RateReason): Rounds<Crossed | null> {
		const { seeds } = this.block;
		if (yield* this.#alike(rate, this.#majority, cap, why)) return this.#reachedBy(rate, 1, cap)[0] ?? null;
		for (let ran = this.#majority; ran < seeds; ran++) {
			const reached = this.#reachedBy(rate, ran, cap);
			if (reached.length + (seeds - ran) < this.#majority) return null;
			const median = reached[this.#majority - 1];
			// If all the others were faster than any of these, the median would move down by as many places.
			if (median !== undefined && median.mark === reached[this.#majority - 1 - (seeds - ran)]?.mark) return median;
			yield* this.#learn(rate, [ran], median === undefined ? cap : Math.min(cap, capAhead(this.block.before, median)), why);
		}
		return this.#reachedBy(rate, seeds, cap)[this.#majority - 1] ?? null;
	}

	/** Whether different seeds give equal results. */
	get seedsAreAlike(): boolean {
		return this.block.seedWatch.areAlike;
	}

	/** Runs the first seed of several rates at once, each to `cap` (a look). */
	*first(rates: readonly HalfOctave[], cap: number, why: (rate: HalfOctave) => RateReason): Rounds<readonly FirstRun[]> {
		const asked = rates.flatMap((rate) => (this.#settles(rate, 0, cap) ? [] : [this.#ask(rate, 0, cap, why(rate))]));
		if (asked.length > 0) this.#keep(asked, yield asked);
		return rates.map((rate) => {
			const known = this.#known.get(`${rate}/0`);
			if (!known) throw internal(`no run of half octave ${rate}`);
			if ("mark" in known) {
				const isWithin = known.steps <= cap;
				return { steps: isWithin ? known.steps : null, mark: isWithin ? known.mark : null, closest: () => Number.POSITIVE_INFINITY };
			}
			const { result } = known;
			return { steps: null, mark: null, closest: fellShort(result) ? () => closestToGoal(this.block.goal, result.evaluations) : null };
		});
	}

	*#learn(rate: HalfOctave, indices: readonly number[], cap: number, why: RateReason): Rounds<void> {
		const asked = indices.filter((index) => cap > 0 && !this.#settles(rate, index, cap)).map((index) => this.#ask(rate, index, cap, why));
		if (asked.length > 0) this.#keep(asked, yield asked);
	}

	/** Runs `count` seeds, or only the first if it is known to stand for all. Returns whether it does. */
	*#alike(rate: HalfOctave, count: number, cap: number, why: RateReason): Rounds<boolean> {
		const { seedWatch, phase, setting } = this.block;
		const indices = range(0, seedWatch.areAlike ? 1 : count);
		yield* this.#learn(rate, indices, cap, why);
		const results = indices.flatMap((index) => this.#known.get(`${rate}/${index}`)?.result ?? []);
		seedWatch.see(`${phase}/${rate}${settingKey(setting)}`, results);
		return seedWatch.areAlike;
	}

	/** Those of the first `count` seeds that reach the goal within `cap`, fastest first. */
	#reachedBy(rate: HalfOctave, count: number, cap: number): Crossed[] {
		return range(0, count)
			.map((index) => this.#known.get(`${rate}/${index}`))
			.flatMap((known) => (known && "mark" in known && known.steps <= cap ? [known] : []))
			.sort((a, b) => a.mark - b.mark);
	}

	#settles(rate: HalfOctave, index: number, cap: number): boolean {
		const known = this.#known.get(`${rate}/${index}`);
		return known !== undefined && ("mark" in known || known.notBy >= cap);
	}

	#ask(rate: HalfOctave, seedIndex: number, cap: number, why: RateReason): Asked {
		const { phase, batchSize, setting, reason, probe = false } = this.block;
		const seed = this.#seeds[seedIndex];
		const learningRate = rateAt(rate);
		const spec: TrialSpec = { phase, batchSize, learningRate, ...setting, seedIndex, seed, cap, until: "goal", curves: false, probe };
		return { spec, reason: reason(why) };
	}

	#keep(asked: readonly Asked[], results: readonly TrialResult[]): void {
		for (const [i, { spec }] of asked.entries()) {
			const result = results[i];
			if (!result) throw internal(`a round of ${asked.length} trials came back with ${results.length} results`);
			this.#known.set(`${halfOctaveAbove(spec.learningRate)}/${spec.seedIndex}`, this.#knownFrom(spec, result));
		}
	}

	/** A run that ended without the goal before its cap (diverged, failed, out of memory, stopped by itself) never reaches it. */
	#knownFrom({ cap }: TrialSpec, result: TrialResult): Known {
		if (!result.reached) return { notBy: result.outcome === "missed" ? cap : Number.POSITIVE_INFINITY, result };
		const { step } = result.reached;
		return { steps: step, mark: crossingMark(this.block.goal, this.block.ratio, result) ?? step, result };
	}
}

/** Whether a run trained well but not long enough: nothing went wrong at its rate. */
const fellShort = ({ outcome }: TrialResult): boolean => outcome === "missed" || outcome === "stopped";

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
