import { median } from "../../src/analysis/bootstrap.js";
import { rateAt } from "../../src/core/rates.js";
import { Rng } from "../../src/core/rng.js";
import { searchSpace } from "../../src/study/search/space.js";
import { createTrainer } from "../../src/trainers/node.js";
import { resultOf, trialSpec } from "../../test/fixtures/oracle-study.js";
import { resolved } from "./subject.js";
import type { PricedWorkload } from "./workloads.js";

/** What the rule makes of a workload: a goal for its metric, and what it was read from. */
export interface RuledGoal {
	readonly atMost: number;
	/** Steps after which the rates were compared, and the median steps to the goal at the best of them. */
	readonly after: number;
	readonly steps: number;
}

const batchSize = 64;
/** Half octaves between the rates. */
const stride = 4;
const firstAfter = 1000;
const leastSteps = 200;
const mostAfter = 16_000;
const repeats = 5;

/**
 * A goal by a rule, for a metric that is to fall. At batch size 64, rates two octaves apart run five times for 1,000 steps each; what counts
 * is the mean of the looks over the last third, and of five runs the fourth best. The goal is the least of these, rounded up to two digits.
 * If runs at that rate get to it in less than 200 steps, by the median, the same with twice as many steps.
 */
export async function goalByRule({ study: written }: PricedWorkload): Promise<RuledGoal> {
	const study = await resolved(written);
	const trainer = await createTrainer(study, "auto");
	const seeds = Rng.fromSeed(20_261_130).split("goals");
	const { from, to } = searchSpace(study, batchSize);
	const rates = Array.from({ length: Math.floor((to - from) / stride) + 1 }, (_, i) => rateAt(from + stride * i));
	const { metric } = study.goal;
	for (let after = firstAfter; ; after *= 2) {
		const late = async (rate: number, seedIndex: number): Promise<number> => {
			const spec = trialSpec({ batchSize, learningRate: rate, seed: seeds.split(seedIndex).uint32(), cap: after, until: "cap" });
			const looks = (await resultOf(trainer, spec)).evaluations.filter(({ step }) => step > (2 / 3) * after);
			const mean = looks.reduce((sum, { metrics }) => sum + (metrics[metric] ?? Number.NaN), 0) / looks.length;
			return Number.isFinite(mean) ? mean : Number.POSITIVE_INFINITY;
		};
		let [best, least] = [rates[0], Number.POSITIVE_INFINITY];
		for (const rate of rates) {
			const shown: number[] = [];
			for (let i = 0; i < repeats; i++) shown.push(await late(rate, i));
			const fourth = shown.sort((a, b) => a - b)[repeats - 2];
			if (fourth < least) [best, least] = [rate, fourth];
		}
		const atMost = twoDigitsUp(least);
		const judge = await createTrainer(await resolved({ ...written, goal: { metric, atMost } }), "auto");
		const steps: number[] = [];
		for (let i = 0; i < repeats; i++) {
			const spec = trialSpec({ batchSize, learningRate: best, seed: seeds.split(i).uint32(), cap: 4 * after });
			const { reached } = await resultOf(judge, spec);
			steps.push(reached?.step ?? Number.POSITIVE_INFINITY);
		}
		if (median(steps) >= leastSteps || after === mostAfter) return { atMost, after, steps: median(steps) };
	}
}

function twoDigitsUp(value: number): number {
	const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
	return Number((Math.ceil(value / unit) * unit).toPrecision(2));
}
