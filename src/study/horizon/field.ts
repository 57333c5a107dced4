import { type Goal, goalValueOf } from "../../core/goal.js";
import { type End, endOf, type HorizonRun, lossAgainst } from "../../core/horizon.js";
import { type HalfOctave, halfOctaveAbove, rateAt } from "../../core/rates.js";
import type { HorizonPhase, TrialSpec } from "../../core/trial.js";
import type { HorizonReason } from "../reason.js";
import type { Rounds } from "../search/rounds.js";
import { seedOf } from "../search/seeds.js";
import { inside, searchSpace } from "../search/space.js";
import type { Study } from "../study.js";

/** A batch size and a rate. */
export interface Arm {
	readonly batchSize: number;
	readonly rate: HalfOctave;
}

type OwnSetting = Pick<NonNullable<Study["baseline"]>, "batchSize" | "learningRate">;

/** An arm with how it ended at some length: the lower the better; infinite where it diverged or was cut off. */
export interface Standing extends Arm {
	readonly score: number;
}

/** All runs of a study of which only the ends count, with their results. */
export class Field<AGoal extends Goal = Goal> {
	readonly #runs = new Map<string, HorizonRun>();
	/** Of each run that was looked at before its end too: the score of its first look. */
	readonly #begins = new Map<string, number>();
	#freshExamples = 0;

	constructor(
		readonly study: Study,
		readonly goal: AGoal,
		/** Ascending: of the longest training. */
		readonly shares: readonly number[],
		/** Steps of a training at a batch size that is such a share. */
		private readonly stepsAt: (batchSize: number, share: number) => number,
	) {}

	/** Every run that took part in the choice, in order. */
	get runs(): readonly HorizonRun[] {
		return [...this.#runs.values()];
	}

	steps(batchSize: number, share = 1): number {
		return this.stepsAt(batchSize, share);
	}

	/** The cost of all runs, in runs of the whole length at this batch size. */
	spent(batchSize: number): number {
		const examples = this.runs.reduce((sum, run) => sum + run.steps * run.batchSize, this.#freshExamples);
		return examples / (this.steps(batchSize) * batchSize);
	}

	/** Runs these arms on the seed that chooses, each at this share of the length, side by side; rates outside the range are left out. */
	*at(arms: readonly Arm[], share: number, why: HorizonReason): Rounds<void> {
		const wanted = arms
			.filter(({ batchSize, rate }) => inside([rate], searchSpace(this.study, batchSize)).length > 0)
			.filter((arm, i, all) => all.findIndex((other) => keyOf(other) === keyOf(arm)) === i && !this.#runOf(arm, share));
		if (wanted.length === 0) return;
		const results = yield wanted.map((arm) => ({ reason: { kind: "horizon", why }, spec: this.#spec("horizon tuning", arm, share, 0) }));
		for (const [i, arm] of wanted.entries()) {
			const { batchSize, rate } = arm;
			const steps = this.steps(batchSize, share);
			const [first, ...later] = results[i].evaluations;
			const begin = later.length > 0 ? goalValueOf(this.goal, first) : undefined;
			if (begin !== undefined) this.#begins.set(`${keyOf(arm)}/${steps}`, lossAgainst(this.goal, begin, 0));
			this.#runs.set(`${keyOf(arm)}/${steps}`, {
				batchSize,
				learningRate: rateAt(rate),
				share,
				steps,
				end: endOf(this.goal, results[i]),
			});
		}
	}

	/**
	 * Mean scores of these arms at this share, over this many seeds that choose; the first of them is that of all else. Infinite where one of
	 * the runs has no end.
	 */
	*compared(arms: readonly Arm[], share: number, count: number): Rounds<readonly number[]> {
		const seeds = Array.from({ length: count }, (_, i) => i);
		const wanted = arms.flatMap((arm) => seeds.map((seed) => this.#spec("horizon tuning", arm, share, seed)));
		const results = yield wanted.map((spec) => ({ reason: { kind: "horizon", why: "next to best" }, spec }));
		const scores = results.map((result) => this.#scoreOf(endOf(this.goal, result)));
		return arms.map((_, place) => seeds.reduce((sum, i) => sum + scores[place * count + i] / count, 0));
	}

	/** Runs these arms at this share of the length on this many of the first seeds that chose nothing. How each of them ended. */
	*fresh(arms: readonly (Arm & { readonly share?: number })[], count: number): Rounds<readonly (readonly End[])[]> {
		const seeds = Array.from({ length: count }, (_, i) => i);
		const wanted = arms.flatMap((arm) => seeds.map((seed) => this.#spec("horizon reporting", arm, arm.share ?? 1, seed)));
		const results = yield wanted.map((spec) => ({ reason: { kind: "horizon", why: "fresh" }, spec }));
		for (const spec of wanted) this.#freshExamples += spec.cap * spec.batchSize;
		return arms.map((_, place) => seeds.map((_, i) => endOf(this.goal, results[place * seeds.length + i])));
	}

	/** The same as mean scores; infinite where one of the runs has no end. */
	*freshScores(arms: readonly (Arm & { readonly share: number })[], count: number): Rounds<readonly number[]> {
		const ends = yield* this.fresh(arms, count);
		return ends.map((own) => own.reduce((sum, end) => sum + this.#scoreOf(end) / own.length, 0));
	}

	/** Mean scores of the user's own setting at these shares, on this many of the same fresh seeds. */
	*ownScores({ batchSize, learningRate }: OwnSetting, shares: readonly number[], count: number): Rounds<readonly number[]> {
		const seeds = Array.from({ length: count }, (_, i) => i);
		const wanted = shares.flatMap((share) =>
			seeds.map((seed): TrialSpec => {
				const fresh = this.#spec("horizon reporting", { batchSize, rate: 0 }, share, seed);
				return { ...fresh, phase: "baseline", learningRate };
			}),
		);
		const results = yield wanted.map((spec) => ({ reason: { kind: "baseline" }, spec }));
		const scores = results.map((result) => this.#scoreOf(endOf(this.goal, result)));
		return shares.map((_, place) => seeds.reduce((sum, i) => sum + scores[place * count + i] / count, 0));
	}

	/** Arms that have run at this share, the best first; of a single size where one is given. */
	standings(share: number, batchSize?: number): readonly Standing[] {
		const here = this.runs.filter((run) => run.steps === this.steps(run.batchSize, share));
		const arms = here.flatMap((run) => (batchSize === undefined || run.batchSize === batchSize ? [this.#standing(run)] : []));
		return arms.sort((a, b) => (a.score === b.score ? a.batchSize - b.batchSize || a.rate - b.rate : a.score < b.score ? -1 : 1));
	}

	/**
	 * How much better than where runs begin the best run of a size ended at this share: than the best first look of all; or, where runs show
	 * their end alone, than the run with the lowest rate, which has learned least. Null with fewer than two runs that ended well.
	 */
	gained(share: number, batchSize: number): number | null {
		const sound = this.standings(share, batchSize).filter(({ score }) => Number.isFinite(score));
		if (sound.length < 2) return null;
		const steps = this.steps(batchSize, share);
		const begins = sound.flatMap((arm) => this.#begins.get(`${keyOf(arm)}/${steps}`) ?? []);
		const [best] = sound;
		const lowest = sound.reduce((low, arm) => (arm.rate < low.rate ? arm : low));
		return (begins.length > 0 ? Math.min(...begins) : lowest.score) - best.score;
	}

	#standing({ batchSize, learningRate, end }: HorizonRun): Standing {
		return { batchSize, rate: halfOctaveAbove(learningRate), score: this.#scoreOf(end) };
	}

	#scoreOf(end: End): number {
		return end.kind === "value" ? lossAgainst(this.goal, end.value, 0) : Number.POSITIVE_INFINITY;
	}

	#runOf(arm: Arm, share: number): HorizonRun | undefined {
		return this.#runs.get(`${keyOf(arm)}/${this.steps(arm.batchSize, share)}`);
	}

	#spec(phase: HorizonPhase, { batchSize, rate }: Arm, share: number, seedIndex: number): TrialSpec {
		return {
			phase,
			batchSize,
			learningRate: rateAt(rate),
			seedIndex,
			seed: seedOf(this.study.seed, phase, seedIndex),
			cap: this.steps(batchSize, share),
			until: "cap",
			curves: false,
			probe: false,
		};
	}
}

const keyOf = ({ batchSize, rate }: Arm): string => `${batchSize}/${rate}`;
