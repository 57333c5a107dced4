import type { Backend } from "../core/backend.js";
import { SweetspotError } from "../core/errors.js";
import type { StudyInput } from "../study/schema.js";
import type { TrainableStudy } from "../study/study.js";
import { isNetwork, workloadName } from "../study/workloads/table.js";
import type { NetworkRun, RunSettings } from "../trainers/builtin/run.js";
import { openRun } from "../trainers/node.js";
import { resolveInput } from "./resolve-input.js";

export interface TrainingRunOptions extends RunSettings {
	/** A checkpoint of the same run, as `save` gave it, to go on from. */
	readonly from?: Uint8Array;
	/**
	 * What computes matrix products: by default ("auto") our kernels with the widest vectors there are, the same bits everywhere; "blas": for
	 * the large ones this machine's BLAS.
	 */
	readonly backend?: Backend;
}

/**
 * One training run of a study's network at one batch size and rate, to train as long as you like, to save and to continue to the same bits:
 * what `sweetspot train` does. Paths in the study are relative to the working folder. Throws `SweetspotError`s where the study can't be
 * run, or `from` is of another run.
 */
export const trainingRun = async (study: StudyInput, options: TrainingRunOptions): Promise<NetworkRun> =>
	runOf(await resolveInput({ ...study, batchSizes: [options.batchSize] }, process.cwd()), options);

/** The same of a study whose only batch size is the run's. */
export async function runOf(study: TrainableStudy, { batchSize, learningRate, from, backend }: TrainingRunOptions): Promise<NetworkRun> {
	if (!Number.isFinite(learningRate) || learningRate <= 0)
		throw new SweetspotError("usage/bad-value", `the learning rate is ${learningRate}, expected a number above 0`, "for example 0.125");
	const { workload } = study;
	if (!isNetwork(workload)) {
		throw new SweetspotError(
			"study/invalid",
			`${workloadName(workload)} has no network of the built-in trainer's`,
			"only a workload with `data` and `model` can be trained by itself, saved and continued",
		);
	}
	return await openRun(study, workload, { batchSize, learningRate }, from, backend);
}
