import { median } from "../../src/analysis/bootstrap.js";
import type { Recommendation } from "../../src/analysis/findings.js";
import { objectives } from "../../src/analysis/objectives.js";
import type { Calibration } from "../../src/core/calibration.js";
import { halfOctaveBelow, rateAt } from "../../src/core/rates.js";
import { Rng } from "../../src/core/rng.js";
import type { TrialSpec } from "../../src/core/trial.js";
import type { Trainer } from "../../src/study/contracts.js";
import { searchSpace } from "../../src/study/search/space.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { resultOf } from "../../test/fixtures/oracle-study.js";
import { runsOnFreshSeeds } from "../fresh-runs.js";

/** A batch size and rate, judged by runs that no study saw. */
export interface Judged {
	readonly batchSize: number;
	readonly rate: number;
	/** Medians to the goal. */
	readonly steps: number;
	readonly cost: number;
}

/** Seconds per step as t ∝ 1 + B/flat, in units of the smallest batch's. */
export const modelTimes = (batchSizes: readonly number[], flat: number): Calibration => ({
	machine: "a model of one",
	stepTimes: batchSizes.map((batchSize) => ({ batchSize, passes: [1e-4 * (1 + batchSize / flat)] })),
});

/** Runs that choose the best setting, and others that judge it: the least of many medians is a lucky one, about 2 % too low. */
type Purpose = "choosing" | "judging";

const price = Rng.fromSeed(20_261_127).split("price");
const seedsOf: Readonly<Record<Purpose, Rng>> = { choosing: price, judging: price.split("judging") };

/** What was measured before, by a key of its own for each setting. */
export interface Records {
	readonly get: (key: string) => number | undefined;
	readonly set: (key: string, steps: number) => void;
}

/**
 * Medians of steps to the goal at any size and rate, over runs with seeds of their own: measured when they are first asked for, and kept.
 */
export class Truth {
	readonly #seconds: ReadonlyMap<number, number>;

	constructor(
		readonly study: TrainableStudy,
		private readonly trainer: Pick<Trainer, "train">,
		calibration: Calibration,
		private readonly records: Records = new Map<string, number>(),
	) {
		this.#seconds = new Map(calibration.stepTimes.map(({ batchSize, passes }) => [batchSize, passes[0]]));
	}

	cost(batchSize: number, steps: number): number {
		return objectives[this.study.objective].score(steps * (this.#seconds.get(batchSize) ?? Number.NaN), steps * batchSize);
	}

	/** Median over this many runs, each ended at `cap` steps: ∞ where most don't get there. */
	async #stepsOf(purpose: Purpose, batchSize: number, rate: number, runs: number, cap: number): Promise<number> {
		const key = `${purpose}/${batchSize}/${rate}/${runs}/${cap}`;
		const known = this.records.get(key);
		if (known !== undefined) return known;
		const steps = await this.#measure(purpose, batchSize, rate, runs, cap);
		this.records.set(key, steps);
		return steps;
	}

	async #measure(purpose: Purpose, batchSize: number, rate: number, runs: number, cap: number): Promise<number> {
		const found: number[] = [];
		const train = (spec: TrialSpec) => resultOf(this.trainer, spec);
		for await (const { step } of runsOnFreshSeeds({ batchSize, learningRate: rateAt(rate) }, cap, train, seedsOf[purpose])) {
			found.push(step);
			if (2 * found.filter((steps) => steps === Number.POSITIVE_INFINITY).length > runs) return Number.POSITIVE_INFINITY;
			if (found.length === runs) break;
		}
		return median(found);
	}

	/**
	 * The best size and rate: three runs of every half octave at every size, ended once they cost 1.6 times the best so far; then `runs` runs
	 * of those that came within a quarter of the best; and as many others of the best of these, which judge it. Sizes from the middle outwards,
	 * so that there soon is a best.
	 */
	async best(runs: number): Promise<Judged> {
		const { study } = this;
		const sizes = [...study.batchSizes].sort((a, b) => Math.abs(Math.log(a / 32)) - Math.abs(Math.log(b / 32)));
		let least = Number.POSITIVE_INFINITY;
		const tried: Judged[] = [];
		for (const batchSize of sizes) {
			const space = searchSpace(study, batchSize);
			for (let rate = space.from; rate <= space.to; rate++) {
				const cap = Math.floor(Math.min(space.limit, (1.6 * least) / this.cost(batchSize, 1)));
				if (cap < 1) continue;
				const steps = await this.#stepsOf("choosing", batchSize, rate, 3, cap);
				const cost = this.cost(batchSize, steps);
				least = Math.min(least, cost);
				if (Number.isFinite(steps)) tried.push({ batchSize, rate, steps, cost });
			}
		}
		const near = tried
			.filter(({ cost }) => cost <= 1.25 * least)
			.sort((a, b) => a.cost - b.cost)
			.slice(0, 12);
		const sure: Judged[] = [];
		for (const one of near) {
			const steps = await this.#stepsOf("choosing", one.batchSize, one.rate, runs, searchSpace(study, one.batchSize).limit);
			sure.push({ ...one, steps, cost: this.cost(one.batchSize, steps) });
		}
		const best = sure.reduce((a, b) => (b.cost < a.cost ? b : a));
		const steps = await this.judge(best.batchSize, best.rate, runs);
		return { ...best, steps, cost: this.cost(best.batchSize, steps) };
	}

	/** What a recommendation costs, by so many runs: ∞ where there is none. */
	async costOf({ batchSize, learningRate }: Pick<Recommendation, "batchSize" | "learningRate">, runs: number): Promise<number> {
		if (batchSize === null || learningRate === null) return Number.POSITIVE_INFINITY;
		return this.cost(batchSize, await this.judge(batchSize, halfOctaveBelow(learningRate), runs));
	}

	/** Median steps to the goal, by runs that chose nothing. */
	judge(batchSize: number, rate: number, runs: number): Promise<number> {
		return this.#stepsOf("judging", batchSize, rate, runs, searchSpace(this.study, batchSize).limit);
	}
}
