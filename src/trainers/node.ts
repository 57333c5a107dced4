import type { Backend } from "../core/backend.js";
import { internal, SweetspotError } from "../core/errors.js";
import type { NativeProducts, VectorProducts } from "../engine/native-products.js";
import { loadBlas } from "../native/blas.js";
import { loadVectors } from "../native/vector.js";
import type { Bench, SlotTrainer } from "../study/contracts.js";
import type { DescentWorkload, FunctionWorkload, NetworkWorkload, TrainableStudy, Workload } from "../study/study.js";
import type { CommandWorkload } from "../study/workloads/command/workload.js";
import { kindName, type WorkloadName } from "../study/workloads/table.js";
import { benchOf } from "./bench-of.js";
import { NetworkRun, type RunSettings } from "./builtin/run.js";
import { requireUnchanged } from "./command/find.js";
import { networkFor, trainerFor } from "./create.js";
import { functionBench } from "./function/bench.js";
import { loadTrainFunction } from "./function/module.js";
import { functionTrainer } from "./function/trainer.js";
import { readBytes } from "./read-bytes.js";

/** How a kind of workload is trained and timed. */
interface TrainerKind<One extends Workload> {
	trainer(study: TrainableStudy, workload: One, backend: Backend): Promise<SlotTrainer>;
	bench(study: TrainableStudy, workload: One, backend: Backend): Promise<Bench>;
}

/** What our own loop trains. */
const ours: TrainerKind<DescentWorkload> = {
	trainer: async (study, _, backend) => trainerFor(study, readBytes, await nativeProducts(backend)),
	async bench(study, { schedule }, backend) {
		const bench = benchOf(await trainerFor(study, readBytes, await nativeProducts(backend)), study);
		// Under a schedule of the batch size there is no single time per step.
		return schedule?.batchSize ? { ...bench, passes: 0, secondsPerStep: async () => null } : bench;
	},
};

const modules: TrainerKind<FunctionWorkload> = {
	trainer: async (study, { trainer }) => functionTrainer(study, await loadTrainFunction(trainer, study.data.sha256)),
	bench: functionBench,
};

/** Scripts are started by a session of their own (see `command/session.ts`), and timed by their runs. */
const scripts: TrainerKind<CommandWorkload> = {
	async trainer() {
		throw internal("a thread trains no script");
	},
	async bench(study, workload) {
		await requireUnchanged(workload, study.data.sha256);
		return { passes: null, secondsPerStep: async () => null, endTiming: async () => {}, ...untimed };
	},
};

const untimed = { timeLooks: null, test: () => null, meetsGoalUntrained: null } satisfies Partial<Bench>;

/** Every kind of workload that can be trained here, by name. */
const trainers: Readonly<Record<WorkloadName, TrainerKind<Workload>>> = {
	network: ours,
	oracle: ours,
	function: modules,
	command: scripts,
};

/**
 * The study's trainer. This is the module that executors' threads import. Throws `data/…`, `model/…`, `trainer/…` and `backend/…` errors.
 */
export const createTrainer = async (study: TrainableStudy, backend: Backend = "auto"): Promise<SlotTrainer> =>
	await trainers[kindName(study.workload)].trainer(study, study.workload, backend);

/** The study's bench. Throws the same errors, so that they come before anything is trained. */
export const createBench = async (study: TrainableStudy, backend: Backend = "auto"): Promise<Bench> =>
	await trainers[kindName(study.workload)].bench(study, study.workload, backend);

/** One run of a study's network, from the start or from a checkpoint. Throws `data/…`, `model/…`, `backend/…` and `checkpoint/…` errors. */
export const openRun = async (
	study: TrainableStudy,
	workload: NetworkWorkload,
	settings: RunSettings,
	from: Uint8Array | undefined,
	backend: Backend = "auto",
): Promise<NetworkRun> =>
	new NetworkRun(study, await networkFor(study, workload, readBytes, await nativeProducts(backend)), settings, from);

/** Throws `backend/…` errors where what was asked for isn't there. */
async function nativeProducts(backend: Backend): Promise<NativeProducts | null> {
	if (backend === "wasm") return null;
	if (backend === "blas") return await loadBlas(process.env);
	return backend === "vector" ? await loadVectors() : await vectorsOrNull();
}

/** Wider vectors with the bits of WebAssembly, where there are some. */
export const vectorsOrNull = async (): Promise<VectorProducts | null> => (await triedVectors()).vectors;

async function triedVectors(): Promise<{ readonly vectors: VectorProducts | null; readonly warning: string | null }> {
	try {
		return { vectors: await loadVectors(), warning: null };
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error;
		return { vectors: null, warning: error.code === "backend/unusable" ? `${error.detail}; WebAssembly is used.` : null };
	}
}

/** What computes large matrix products with a backend, with its version; null for WebAssembly. */
export interface Library {
	readonly name: string | null;
	/** What is there but gives other bits, and so isn't used. */
	readonly warning: string | null;
}

/** Throws `backend/…` errors where what was asked for isn't there. */
export async function libraryOf(backend: Backend): Promise<Library> {
	if (backend !== "auto") return { name: (await nativeProducts(backend))?.name ?? null, warning: null };
	const { vectors, warning } = await triedVectors();
	return { name: vectors?.name ?? null, warning };
}
