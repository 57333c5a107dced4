import { goalSet } from "../../core/goal.js";
import { nextLook } from "../../core/looks.js";
import { Rng } from "../../core/rng.js";
import type { Evaluation, MetricName, NoiseProbe, Outcome, TrialResult, TrialSpec } from "../../core/trial.js";
import { loadDataset } from "../../data/load.js";
import { replacingSampler, reshufflingSampler, type Sampler } from "../../data/sampler.js";
import type { ReadPackaged } from "../../data/source.js";
import type { StopSignal, Trainer, TrialEvents } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { GoalWatch } from "./goal-watch.js";
import { Machinery } from "./machinery.js";
import { probeGroups, probeNoise } from "./probe.js";

/** A trial that keeps silent longer than this, in steps, says where it is all the same. */
const stepsPerChunk = 4096;

/** Trains with the built-in engine. Loads the study's data once; every trial reuses the same memory. Throws `data/…` and `model/…` errors. */
export async function createBuiltinTrainer(study: Study, read: ReadPackaged): Promise<Trainer> {
	const machinery = new Machinery(study, await loadDataset(study.workload.data, read));
	return {
		train: (trial, stop) => train(study, machinery, trial, stop),
		timeSteps(batchSize, steps) {
			const rng = Rng.fromSeed(study.seed).split("calibration");
			machinery.begin(rng);
			return machinery.timeSteps(samplerOf(study, batchSize, rng), steps);
		},
		test(trial) {
			const rng = Rng.fromSeed(trial.seed);
			machinery.begin(rng);
			const sampler = samplerOf(study, trial.batchSize, rng);
			for (let step = 1; step <= trial.cap; step++) machinery.step(sampler, trial.learningRate, never);
			return machinery.evaluate("test");
		},
	};
}

const never: StopSignal = { stopped: false };

const samplerOf = ({ workload, data }: Study, batchSize: number, rng: Rng): Sampler =>
	workload.sampler === "reshuffle"
		? reshufflingSampler(data.train, batchSize, workload.lastBatch, rng.split("batches"))
		: replacingSampler(data.train, batchSize, rng.split("batches"));

/** One trial, from its seed's weights to its outcome. Every draw comes from the trial's seed; probes and looks change nothing. */
async function* train(study: Study, machinery: Machinery, trial: TrialSpec, stop: StopSignal): AsyncGenerator<TrialEvents> {
	const began = performance.now();
	const rng = Rng.fromSeed(trial.seed);
	machinery.begin(rng);
	const sampler = samplerOf(study, trial.batchSize, rng);
	const watch = new GoalWatch(study.goal, trial.until);
	const sets = trial.curves ? (["train", "validation"] as const) : [goalSet(study.goal)];
	const deadline = study.limits.seconds === null ? Number.POSITIVE_INFINITY : began + 1000 * study.limits.seconds;

	const evaluations: Evaluation[] = [];
	const probes: NoiseProbe[] = [];
	let said = 0;
	let step = 0;
	let examples = 0;
	let outcome: Outcome | null = null;
	let message: string | null = null;
	let look = nextLook(0, study.looks.ratio);
	const groups = trial.probe ? probeGroups(study.data.train) : null;
	for (let probeAt = 0; !outcome; ) {
		if (groups && step === probeAt) {
			probes.push(probeNoise(machinery, groups, step, rng.split("probe").split(step)));
			probeAt = Math.max(1, 2 * probeAt);
		}
		if (watch.isOver(step, trial.cap)) outcome = watch.first ? "reached" : "missed";
		else if (performance.now() > deadline) [outcome, message] = ["timed out", `longer than ${study.limits.seconds} s at step ${step}`];
		else {
			const batch = machinery.step(sampler, trial.learningRate, stop);
			if (!batch) {
				outcome = "cancelled";
				break;
			}
			step++;
			examples += batch.count;
			if (!Number.isFinite(batch.loss)) [outcome, message] = ["diverged", `the loss became ${batch.loss} at step ${step}`];
			else if (step === look) {
				const evaluation = { step, examples, metrics: metricsAt(machinery, sets, batch) };
				watch.look(evaluation);
				evaluations.push(evaluation);
				look = nextLook(step, study.looks.ratio);
			}
		}
		if (step % stepsPerChunk === 0 && step > 0 && !outcome) {
			yield { step, evaluations: evaluations.slice(said) };
			said = evaluations.length;
		}
	}
	if (outcome === "diverged" && watch.first) outcome = "reached";
	const seconds = (performance.now() - began) / 1000;
	const { first, sustained } = watch;
	const result: TrialResult = { outcome, steps: step, examples, first, sustained, evaluations, probes, seconds, message };
	yield { step, evaluations: evaluations.slice(said), result };
}

/** The mini-batch's own loss and accuracy, and those of whole sets. A loss that isn't a number is left out. */
function metricsAt(
	machinery: Machinery,
	sets: readonly ("train" | "validation")[],
	batch: { loss: number; accuracy: number },
): Evaluation["metrics"] {
	const metrics: Partial<Record<MetricName, number>> = { "batch.loss": batch.loss, "batch.accuracy": batch.accuracy };
	for (const set of sets) {
		const measured = machinery.evaluate(set);
		if (!measured) continue;
		metrics[`${set}.accuracy`] = measured.accuracy;
		if (Number.isFinite(measured.loss)) metrics[`${set}.loss`] = measured.loss;
	}
	return metrics;
}
