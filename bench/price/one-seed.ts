import { rateAt } from "../../src/core/rates.js";
import type { TrialResult, TrialSpec } from "../../src/core/trial.js";
import { curveOf, topOf } from "../../src/study/ladder/curve.js";
import { slopes } from "../../src/study/ladder/shape.js";
import { addsUp } from "../../src/study/search/settings.js";
import { searchSpace } from "../../src/study/search/space.js";
import { trialSpec } from "../../test/fixtures/oracle-study.js";
import type { Judged, Truth } from "./reference.js";

/** One run of every batch size and rate on one seed. */
interface Run {
	readonly batchSize: number;
	readonly rate: number;
	readonly result: TrialResult;
}

/** Parts of what a run at the best setting costs at which the runs are compared. */
const parts = [1 / 3, 1 / 2] as const;
/** Runs are given this many times what the best setting costs. */
const most = 1.3;
/** Standard deviations of the bell by which neighbours are averaged: doublings of the batch size, and octaves of the rate. */
const bell = { size: 1, rate: 0.5 };

/** A way to choose by one run of every setting, and what the chosen setting costs over the best. */
export interface OneSeedChoice {
	readonly way: string;
	readonly regret: number;
}

/**
 * What one seed can show at all: every batch size and every half octave of the rate runs once, on one seed, and the best is chosen. Either
 * early, as the run that has come furthest for a part of what a training costs; or as the one that reached the goal for the least; or by
 * the least mean over a setting and its neighbours.
 */
export async function oneSeedChoices(
	truth: Truth,
	best: Judged,
	train: (spec: TrialSpec) => Promise<TrialResult>,
	seed: number,
	judge: (batchSize: number, rate: number) => Promise<number>,
): Promise<readonly OneSeedChoice[]> {
	const { study } = truth;
	const runs: Run[] = [];
	for (const batchSize of study.batchSizes) {
		const { from, to, limit } = searchSpace(study, batchSize);
		const cap = Math.floor(Math.min(limit, (most * best.cost) / truth.cost(batchSize, 1)));
		for (let rate = from; rate <= to && cap > 0; rate++)
			runs.push({ batchSize, rate, result: await train(trialSpec({ batchSize, learningRate: rateAt(rate), seed, cap })) });
	}
	const early = parts.map((part) => ({
		way: `furthest at ${part === 1 / 2 ? "a half" : "a third"} of a training`,
		score: (run: Run) => -heightAt(truth, run, part * best.cost),
	}));
	const cost = ({ batchSize, result }: Run) => Math.log(result.reached ? truth.cost(batchSize, result.reached.step) / best.cost : 2);
	const slope = addsUp(study) ? slopes.plain : slopes.normalized;
	const ways = [
		...early,
		{ way: "least to the goal", score: cost },
		{ way: "least to the goal, over neighbours", score: (run: Run) => overNeighbours(runs, run, slope, cost) },
	];
	const choices: OneSeedChoice[] = [];
	for (const { way, score } of ways) {
		const scores = runs.map(score);
		const { batchSize, rate } = runs[scores.indexOf(Math.min(...scores))];
		choices.push({ way, regret: truth.cost(batchSize, await judge(batchSize, rate)) / best.cost });
	}
	return choices;
}

function heightAt(truth: Truth, { batchSize, result }: Run, cost: number): number {
	const seen = result.evaluations.filter(({ step }) => truth.cost(batchSize, step) <= cost * (1 + 1e-9));
	return topOf(curveOf(truth.study.goal, truth.study.looks.ratio, seen));
}

function overNeighbours(runs: readonly Run[], at: Run, slope: number, cost: (run: Run) => number): number {
	let [sum, weights] = [0, 0];
	for (const run of runs) {
		const size = Math.log2(run.batchSize / at.batchSize);
		const rate = (run.rate - at.rate - slope * size) / 2;
		const weight = Math.exp(-0.5 * ((size / bell.size) ** 2 + (rate / bell.rate) ** 2));
		sum += weight * cost(run);
		weights += weight;
	}
	return sum / weights;
}
