import { crossingMark } from "../../core/crossing-mark.js";
import { goalKind } from "../../core/goal.js";
import { isLate } from "../../core/looks.js";
import { exp } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import { type Setting, settingKey } from "../../core/setting.js";
import type { TrialResult } from "../../core/trial.js";
import { dueRatio } from "../due-looks.js";
import type { LadderReason } from "../reason.js";
import type { Rounds } from "../search/rounds.js";
import { SeedWatch } from "../search/seed-watch.js";
import { addsUp } from "../search/settings.js";
import { searchSpace } from "../search/space.js";
import type { Study } from "../study.js";
import { type Arm, armKey, type FurtherRun, furtherRun, isSound, newArm } from "./arm.js";
import { Begun } from "./begun.js";
import { curveOf, goalHeight, stepsTo, timesTo, topOf } from "./curve.js";
import { driftOf, type Judge } from "./drift.js";
import type { Prices } from "./prices.js";
import { between, type Expected, expectedOn, shape, slopes } from "./shape.js";
import { ranked, type Standing, standingsOf } from "./standing.js";
import { ladderTrial } from "./trial.js";

/** An arm, and where its run is ended. */
interface Capped {
	readonly arm: Arm;
	readonly cap: number;
}

/** Of an arm, to be judged by: two show a pace. */
const fewestLooks = 2;

/** All arms of a study, and how they run. */
export class Field {
	readonly #arms = new Map<string, Arm>();
	readonly #goal: number;
	readonly #slope: number;
	readonly #expected: Expected;
	readonly begun = new Begun(this);
	/** Notices a script that ignores its seed: another one would show nothing. */
	readonly seedWatch: SeedWatch;
	/** An arm couldn't join, since no run may begin any more. */
	isFull = false;

	constructor(
		readonly study: Study,
		/** They become more exact as the runs of scripts show them. */
		private readonly pricesNow: () => Prices,
	) {
		this.#goal = goalHeight(study.goal);
		this.seedWatch = new SeedWatch(study);
		const isPlain = addsUp(study);
		this.#slope = isPlain ? slopes.plain : slopes.normalized;
		const expected = expectedOn(study.data.train);
		this.#expected = isPlain && goalKind(study.goal) !== "own" ? expected : { ...expected, lossDrift: 0 };
	}

	get prices(): Prices {
		return this.pricesNow();
	}

	/** All of them, in the order in which they joined. */
	get arms(): readonly Arm[] {
		return [...this.#arms.values()];
	}

	get judge(): Judge {
		return { price: this.prices.step, goal: this.#goal, slope: this.#slope, expected: this.#expected };
	}

	/** How many have reached their limit without the goal. */
	get exhausted(): number {
		return this.arms.filter(({ ended, result }) => ended === "broken" && result?.outcome === "missed").length;
	}

	/** Those that may go on. */
	get running(): readonly Arm[] {
		return this.arms.filter(({ ended }) => ended === null);
	}

	/** What an arm has spent under the objective. */
	spent({ steps, batchSize }: Arm): number {
		return steps * this.prices.step(batchSize);
	}

	/** What each of its runs has spent up to the goal, and what became of it: on the seed of all, and on further ones. */
	runsOf(arm: Arm): readonly (FurtherRun & { readonly spent: number })[] {
		return this.pricedRuns(arm, arm.result === null ? [] : [this.furtherRun(arm.result), ...arm.further]);
	}

	/** The same of any runs at its setting. */
	pricedRuns({ batchSize }: Arm, runs: readonly FurtherRun[]): readonly (FurtherRun & { readonly spent: number })[] {
		const price = this.prices.step(batchSize);
		return runs.map((run) => ({ ...run, spent: run.crossed * price }));
	}

	/** A run of an arm, as it counts for the choice among arms. */
	furtherRun(result: TrialResult): FurtherRun {
		return furtherRun(result, crossingMark(this.study.goal, dueRatio(this.study), result));
	}

	/**
	 * What an arm had spent where its metric crossed the goal: between two looks where they lie far apart. What it has spent, where it
	 * didn't.
	 */
	crossedFor(arm: Arm): number {
		const steps = arm.result ? this.furtherRun(arm.result).crossed : arm.steps;
		return steps * this.prices.step(arm.batchSize);
	}

	/** How many times as much it is expected to spend up to the goal. */
	left({ curve }: Arm): number {
		return timesTo(curve, this.#goal);
	}

	/** A new arm, its rate within the range; nothing where there is one like it, or no run may begin any more. */
	join(batchSize: number, rate: HalfOctave, setting: Setting): readonly Arm[] {
		const { lowest, highest } = searchSpace(this.study, batchSize);
		const arm = newArm(batchSize, Math.min(highest, Math.max(lowest, rate)), setting);
		if (this.#arms.has(armKey(arm))) return [];
		if (this.begun.room === 0) {
			this.isFull = true;
			return [];
		}
		this.#arms.set(armKey(arm), arm);
		return [arm];
	}

	/** The arm there, a new one where there is none; undefined beyond the range, or where no run may begin any more. */
	at(batchSize: number, rate: HalfOctave, setting: Setting): Arm | undefined {
		const { lowest, highest } = searchSpace(this.study, batchSize);
		if (rate < lowest || rate > highest) return undefined;
		this.join(batchSize, rate, setting);
		return this.#arms.get(armKey({ batchSize, rate, setting }));
	}

	/**
	 * What an arm is expected to spend up to the goal, as a multiple of another arm, by what both have spent to get where it is; 0 if the
	 * other never got there.
	 */
	timesOf(arm: Arm, other: Arm): number {
		const steps = stepsTo(other.curve, topOf(arm.curve));
		if (steps === null) return 0;
		return (exp(driftOf(other, arm, this.judge)) * this.spent(arm)) / (steps * this.prices.step(other.batchSize));
	}

	/** All but those that are broken or were lucky, in the order of what they cost. */
	allStandings(): readonly Standing[] {
		return standingsOf(this.arms.filter(isSound), this.judge);
	}

	/** Those that still run, in the order of what they cost. Those that were left behind help to judge them. */
	standings(): readonly Standing[] {
		const running = this.allStandings().filter(({ arm }) => arm.ended === null);
		return running.length === 0 ? [] : ranked(running);
	}

	/** The arm of the same size and setting with the next lower rate that isn't broken; undefined where none was tried. */
	below(arm: Arm): Arm | undefined {
		const lower = this.#alike(arm).filter(({ rate, ended }) => rate < arm.rate && ended !== "broken");
		return lower.sort((a, b) => b.rate - a.rate)[0];
	}

	/** The one with the next higher rate; undefined where none was tried, or that one is broken. */
	#above(arm: Arm): Arm | undefined {
		const [next] = this.#alike(arm)
			.filter(({ rate }) => rate > arm.rate)
			.sort((a, b) => a.rate - b.rate);
		return next?.ended === "broken" ? undefined : next;
	}

	/** Those of the same size and setting. */
	#alike({ batchSize, setting }: Arm): readonly Arm[] {
		return this.arms.filter((other) => other.batchSize === batchSize && settingKey(other.setting) === settingKey(setting));
	}

	/** The one below; where none was tried, a new one an octave lower; undefined where the range ends. */
	lower(arm: Arm): Arm | undefined {
		return this.below(arm) ?? this.join(arm.batchSize, arm.rate - 2, arm.setting)[0];
	}

	/**
	 * Runs these arms in one round, in parallel, until each has spent this much. `leader`: no arm takes many times the leader's examples or
	 * seconds; null: no such limit. An arm that can't go on, or that has reached its limit without the goal, is broken. One that reports
	 * seldom goes on until it has shown something to be judged by.
	 */
	*advance(arms: readonly Arm[], spend: number, leader: Arm | null, why: LadderReason): Rounds<void> {
		yield* this.#runTo(
			arms.map((arm) => ({ arm, cap: this.#capOf(arm, spend, leader) })),
			why,
		);
		for (let blind = this.#blindOf(arms); blind.length > 0; blind = this.#blindOf(arms)) yield* this.#runTo(blind, why);
	}

	/**
	 * Those that have been looked at less than twice, since they report more seldom than looks are due: and where they are to be looked at
	 * next.
	 */
	#blindOf(arms: readonly Arm[]): readonly Capped[] {
		const ratio = dueRatio(this.study);
		return arms.flatMap((arm) => {
			const { result, steps, batchSize } = arm;
			const looks = result?.evaluations ?? [];
			if (!result || result.reached || arm.ended !== null || looks.length >= fewestLooks) return [];
			const [first] = looks;
			if (first && !isLate(0, first.step, ratio)) return [];
			const { limit, lookAt } = searchSpace(this.study, batchSize);
			const next = 2 * (first?.step ?? steps);
			// Looks lie a little apart: the last one by then may come before the report.
			const cap = Math.min(limit, lookAt(next) >= next ? lookAt(next) : lookAt(next * ratio));
			return cap > steps ? [{ arm, cap }] : [];
		});
	}

	*#runTo(capped: readonly Capped[], why: LadderReason): Rounds<void> {
		const wanted = capped.filter(({ arm, cap }) => cap > arm.steps && !arm.result?.reached);
		if (wanted.length === 0) return;
		const results = yield wanted.map(({ arm, cap }) => ({
			reason: { kind: "ladder", why } as const,
			spec: ladderTrial(this.study, arm, cap, 0),
		}));
		for (const [i, { arm }] of wanted.entries()) this.#see(arm, results[i]);
	}

	/**
	 * Runs each of these arms to the goal, or until it has spent so much: its own run, where that has not come so far, or one more on a
	 * further seed. In a round of their own, side by side.
	 */
	*toTheGoal(arms: readonly Arm[], spend: number): Rounds<void> {
		const wanted = arms.map((arm) => {
			const cap = this.#capOf(arm, spend, null);
			const isFirst = !arm.result?.reached && arm.steps < cap;
			return { arm, cap, seedIndex: isFirst ? 0 : arm.further.length + 1 };
		});
		const results = yield wanted.map(({ arm, cap, seedIndex }) => ({
			reason: { kind: "ladder", why: seedIndex === 0 ? "rival" : "further seed" } as const,
			spec: ladderTrial(this.study, arm, cap, seedIndex),
		}));
		for (const [i, { arm, seedIndex }] of wanted.entries()) {
			if (seedIndex === 0) this.#see(arm, results[i]);
			else {
				arm.further.push(this.furtherRun(results[i]));
				if (arm.result) this.seedWatch.see(`${armKey(arm)}/${seedIndex}`, [arm.result, results[i]]);
			}
		}
	}

	#capOf(arm: Arm, spend: number, leader: Arm | null): number {
		const { step, seconds } = this.prices;
		const { limit, lookAt } = searchSpace(this.study, arm.batchSize);
		let steps = Math.max(shape.firstLooks, spend / step(arm.batchSize));
		if (leader && leader !== arm) {
			const most = (shape.ownCost * spend) / step(leader.batchSize);
			const examples = (most * leader.batchSize) / arm.batchSize;
			steps = Math.min(steps, examples, (most * seconds(leader.batchSize)) / seconds(arm.batchSize));
		}
		return lookAt(Math.min(limit, Math.max(1, steps)));
	}

	#see(arm: Arm, result: TrialResult): void {
		arm.result = result;
		arm.steps = result.reached?.step ?? result.steps;
		arm.curve = curveOf(this.study.goal, dueRatio(this.study), result.evaluations);
		const { limit } = searchSpace(this.study, arm.batchSize);
		const goesOn = result.outcome === "reached" || (result.outcome === "missed" && arm.steps < limit);
		if (!goesOn) arm.ended = "broken";
	}

	/**
	 * Ends the arms that are too far behind the leader for what is left to go from where they were compared, and gives those that go on, the
	 * leader first. The leader's neighbours in rate go on in any case while the goal is far, the higher one on many examples: a rate that is too
	 * high still looks good there, and one that fails in its first steps may win. `rung`: from 0.
	 */
	narrow(rung: number): readonly Standing[] {
		const standings = this.standings();
		if (standings.length === 0) return [];
		const [{ arm: leader }] = standings;
		const own = this.left(leader);
		const left = Math.max(own / shape.lookAhead, shape.farFrom / shape.growth ** rung);
		const count = Math.round(between(shape.count, left));
		const below = left > shape.refineAt ? this.below(leader) : undefined;
		const above = own > this.judge.expected.spareAbove ? this.#above(leader) : undefined;
		const spared = [below, above].filter((arm) => arm !== undefined);
		for (const arm of spared) arm.ended = null;
		for (const [i, { arm, times, behind }] of standings.entries()) {
			if (spared.includes(arm)) continue;
			if (times > between(shape.width, left * behind)) arm.ended = "behind";
			else if (i >= count) arm.ended = "crowded out";
		}
		return standings.filter(({ arm }) => arm.ended === null);
	}
}
