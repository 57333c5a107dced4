import type { Bench, Trainer } from "../study/contracts.js";
import { stepsPerEpoch } from "../study/plan.js";
import { isForeign, type Study } from "../study/study.js";
import { benchOf } from "./bench-of.js";
import { trainerFor } from "./create.js";
import { functionBench } from "./function/bench.js";
import { loadTrainFunction } from "./function/module.js";
import { functionTrainer } from "./function/trainer.js";
import { readPackaged } from "./package-data.js";

/** The study's trainer. This is the module that executors' threads import. Throws `data/…`, `model/…` and `trainer/…` errors. */
export async function createTrainer(study: Study): Promise<Pick<Trainer, "train">> {
	const { workload } = study;
	return isForeign(workload) ? functionTrainer(study, await loadTrainFunction(study)) : trainerFor(study, readPackaged);
}

/** The study's bench. Throws the same errors, so that they come before anything is trained. */
export async function createBench(study: Study): Promise<Bench> {
	const { workload } = study;
	return isForeign(workload)
		? functionBench(study, workload)
		: benchOf(await trainerFor(study, readPackaged), (batchSize) => stepsPerEpoch(batchSize, study));
}
