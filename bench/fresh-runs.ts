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

/** Steps and examples to the goal; both ∞ where a run didn't get there. */
interface ToGoal {
	readonly step: number;
	readonly examples: number;
}

/** Runs of one size and rate by seeds of their own, one after the other without end, each to the goal or to `cap` steps. */
export async function* runsOnFreshSeeds(
	judged: Judged,
	cap: number,
	train: (spec: TrialSpec) => Promise<TrialResult>,
	seeds: Rng,
): AsyncGenerator<ToGoal> {
	const { batchSize, learningRate } = judged;
	for (let seedIndex = 0; ; seedIndex++) {
		const seed = seeds.split(seedIndex).uint32();
		const { reached } = await train(trialSpec({ phase: "reporting", batchSize, learningRate, ...settingOf(judged), seedIndex, seed, cap }));
		yield reached ?? { step: Number.POSITIVE_INFINITY, examples: Number.POSITIVE_INFINITY };
	}
}

/** The first `count` of such runs, each to the goal or to the study's limit. What a recommendation is judged by. */
export async function freshRuns(
	study: TrainableStudy,
	judged: Judged,
	train: (spec: TrialSpec) => Promise<TrialResult>,
	count: number,
	seeds: Rng,
): Promise<readonly ToGoal[]> {
	const found: ToGoal[] = [];
	for await (const run of runsOnFreshSeeds(judged, stepLimit(judged.batchSize, study), train, seeds)) if (found.push(run) >= count) break;
	return found;
}
