import type { Backend } from "../core/backend.js";
import { internal } from "../core/errors.js";
import type { NativeProducts } from "../engine/native-products.js";
import { loadBlas } from "../native/blas.js";
import type { Bench, Trainer } from "../study/contracts.js";
import { isCommand, isFunction, type NetworkWorkload, type TrainableStudy } from "../study/study.js";
import { benchOf } from "./bench-of.js";
import { NetworkRun, type RunSettings } from "./builtin/run.js";
import { requireUnchanged } from "./command/find.js";
import { networkFor, trainerFor } from "./create.js";
import { functionBench } from "./function/bench.js";
import { loadTrainFunction } from "./function/module.js";
import { functionTrainer } from "./function/trainer.js";
import { readBytes } from "./read-bytes.js";

/** The study's trainer. This is the module that executors' threads import. Throws `data/…`, `model/…`, `trainer/…` and `backend/…` errors. */
export async function createTrainer(study: TrainableStudy, backend: Backend = "wasm"): Promise<Pick<Trainer, "train">> {
	const { workload } = study;
	if (isCommand(workload)) throw internal("scripts are no business of a thread's");
	return isFunction(workload)
		? functionTrainer(study, await loadTrainFunction(study))
		: trainerFor(study, readBytes, await nativeProducts(backend));
}

/** The study's bench. Throws the same errors, so that they come before anything is trained. */
export async function createBench(study: TrainableStudy, backend: Backend = "wasm"): Promise<Bench> {
	const { workload } = study;
	if (isCommand(workload)) {
		await requireUnchanged(workload, study.data.sha256);
		return { passes: null, secondsPerStep: async () => null, endTiming: async () => {}, test: () => null };
	}
	if (isFunction(workload)) return functionBench(study, workload);
	const bench = benchOf(await trainerFor(study, readBytes, await nativeProducts(backend)), study);
	// Under a schedule of the batch size no one time is that of a step.
	return workload.schedule?.batchSize ? { ...bench, passes: 0, secondsPerStep: async () => null } : bench;
}

/** One run of a study's network, from the start or from a checkpoint. Throws `data/…`, `model/…`, `backend/…` and `checkpoint/…` errors. */
export const openRun = async (
	study: TrainableStudy,
	workload: NetworkWorkload,
	settings: RunSettings,
	from: Uint8Array | undefined,
	backend: Backend = "wasm",
): Promise<NetworkRun> =>
	new NetworkRun(study, await networkFor(study, workload, readBytes, await nativeProducts(backend)), settings, from);

const nativeProducts = async (backend: Backend): Promise<NativeProducts | null> =>
	backend === "native" ? await loadBlas(process.env) : null;

/** The library behind a backend, with its version; null for our own kernels. Throws `backend/…` errors where there is none that can be used. */
export const libraryOf = async (backend: Backend): Promise<string | null> => (await nativeProducts(backend))?.name ?? null;
