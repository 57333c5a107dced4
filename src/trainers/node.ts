import type { Bench, Trainer } from "../study/contracts.js";
import { stepsPerEpoch } from "../study/plan.js";
import { isForeign, type TrainableStudy } from "../study/study.js";
import { benchOf } from "./bench-of.js";
import { trainerFor } from "./create.js";
import { functionBench } from "./function/bench.js";
import { loadTrainFunction } from "./function/module.js";
import { functionTrainer } from "./function/trainer.js";
import { readBytes } from "./read-bytes.js";

/** The study's trainer. This is the module that executors' threads import. Throws `data/…`, `model/…` and `trainer/…` errors. */
export async function createTrainer(study: TrainableStudy): Promise<Pick<Trainer, "train">> {
	const { workload } = study;
	return isForeign(workload) ? functionTrainer(study, await loadTrainFunction(study)) : trainerFor(study, readBytes);
}

/** The study's bench. Throws the same errors, so that they come before anything is trained. */
export async function createBench(study: TrainableStudy): Promise<Bench> {
	const { workload } = study;
	return isForeign(workload)
		? functionBench(study, workload)
		: benchOf(await trainerFor(study, readBytes), (batchSize) => stepsPerEpoch(batchSize, study));
}
