import type { Rng } from "../src/core/rng.js";
import { type Setting, settingOf } from "../src/core/setting.js";
import type { TrialResult, TrialSpec } from "../src/core/trial.js";
import { stepLimit } from "../src/study/steps.js";
import type { TrainableStudy } from "../src/study/study.js";
import { trialSpec } from "../test/fixtures/oracle-study.js";

interface Judged extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
}

/**
 * Runs of one size and rate by seeds of their own, each to the goal or to the study's limit: where each reached the goal, ∞ where it
 * didn't. What a recommendation is judged by.
 */
export async function freshRuns(
	study: TrainableStudy,
	judged: Judged,
	train: (spec: TrialSpec) => Promise<TrialResult>,
	count: number,
	seeds: Rng,
): Promise<readonly { readonly step: number; readonly examples: number }[]> {
	const { batchSize, learningRate } = judged;
	const cap = stepLimit(batchSize, study);
	const found: { readonly step: number; readonly examples: number }[] = [];
	for (let seedIndex = 0; seedIndex < count; seedIndex++) {
		const seed = seeds.split(seedIndex).uint32();
		const { reached } = await train(trialSpec({ phase: "reporting", batchSize, learningRate, ...settingOf(judged), seedIndex, seed, cap }));
		found.push(reached ?? { step: Number.POSITIVE_INFINITY, examples: Number.POSITIVE_INFINITY });
	}
	return found;
}
