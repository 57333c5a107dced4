import type { Recommendation } from "../../src/analysis/findings.js";
import type { Calibration } from "../../src/core/calibration.js";
import { type FinishedTrial, type TrialResult, type TrialSpec, trialRunKey } from "../../src/core/trial.js";
import { factsAbout } from "../../src/data/load.js";
import { resolveStudy } from "../../src/study/resolve.js";
import { secondsPerStep } from "../../src/study/seconds-per-step.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { createTrainer } from "../../src/trainers/node.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { resultOf } from "../../test/fixtures/oracle-study.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { type Judged, modelTimes, type Records, Truth } from "./reference.js";
import type { Outcome } from "./tables.js";
import type { PricedWorkload } from "./workloads.js";

/** What studies are made of, with what their answers are judged by. */
export interface Subject {
	readonly name: string;
	readonly study: TrainableStudy;
	readonly calibration: Calibration;
	readonly train: (spec: TrialSpec) => TrialResult | Promise<TrialResult>;
	/** The best setting. */
	readonly best: Judged;
	/** What a recommendation costs over the best setting: ∞ where there is none. */
	readonly regretOf: (recommendation: Pick<Recommendation, "batchSize" | "learningRate">) => Promise<number> | number;
}

/** Fresh runs behind every cost. */
export const truthRuns = 41;

/** The study of a workload. */
export const resolved = (written: unknown): Promise<TrainableStudy> => resolveStudy(written, (source) => factsAbout(source, readBytes));

/** A workload with its trainer, its clock and its best setting. `records`: costs that are known, and are kept. */
export async function subjectOf(
	{ name, study: written, flat }: PricedWorkload,
	records?: Records,
): Promise<Subject & { readonly truth: Truth; readonly train: (spec: TrialSpec) => Promise<TrialResult> }> {
	const study = await resolved(written);
	const trainer = await createTrainer(study, "auto");
	const calibration = modelTimes(study.batchSizes, flat);
	const truth = new Truth(study, trainer, calibration, records);
	const best = await truth.best(truthRuns);
	return {
		...{ name, study, calibration, truth, best },
		train: (spec) => resultOf(trainer, spec),
		regretOf: async (recommendation) => (await truth.costOf(recommendation, truthRuns)) / best.cost,
	};
}

/** One study, its price in trainings at the best setting, and what its answer costs over it. */
export async function answerOf(subject: Subject, change: Partial<TrainableStudy>): Promise<Omit<Outcome, "design">> {
	const { name, study, calibration, train, best, regretOf } = subject;
	const time = (batchSize: number): number => secondsPerStep(calibration, batchSize) ?? Number.NaN;
	const { findings, trials } = await runWhole({ ...study, ...change }, train, { calibration });
	const { recommendation } = findings;
	const spent = spentBy(trials, time);
	return {
		...{ workload: name, regret: await regretOf(recommendation), isFound: recommendation.verdict === "found" },
		examples: spent.examples / (best.steps * best.batchSize),
		seconds: spent.seconds / (best.steps * time(best.batchSize)),
	};
}

/** Examples and seconds of all steps, those of a run that was continued once. */
function spentBy(trials: readonly FinishedTrial[], time: (batchSize: number) => number) {
	const steps = new Map<string, { readonly batchSize: number; readonly steps: number }>();
	for (const [i, { spec, result }] of trials.entries()) {
		const key = spec.phase === "ladder" ? trialRunKey(spec) : String(i);
		steps.set(key, { batchSize: spec.batchSize, steps: Math.max(result.steps, steps.get(key)?.steps ?? 0) });
	}
	let [examples, seconds] = [0, 0];
	for (const { batchSize, steps: count } of steps.values()) {
		examples += count * batchSize;
		seconds += count * time(batchSize);
	}
	return { examples, seconds };
}
