import { availableParallelism } from "node:os";
import type { Backend } from "../core/backend.js";
import { internal } from "../core/errors.js";
import type { TrialSpec } from "../core/trial.js";
import { inlineExecutor } from "../executors/inline.js";
import { type ExecutorName, openExecutor } from "../executors/table.js";
import type { Executor } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";
import { isCommand, traitsOf } from "../study/workloads/table.js";
import { openLocalHost } from "../trainers/command/local/host.js";
import { scriptSession, slotCount } from "../trainers/command/session.js";
import { createTrainer } from "../trainers/node.js";

/** Where a study's trials run. */
export interface Execution {
	/** Every script is a process of its own. */
	readonly executor: ExecutorName;
	/** Trials that run at once. By default one for each core; of scripts, one for each GPU named, or one. */
	readonly workers: number | undefined;
	/** Of a script: what each slot has as CUDA_VISIBLE_DEVICES, in turn. */
	readonly gpus: readonly string[] | null;
}

export interface StudyExecutor {
	readonly executor: Executor;
	/** The trial is in the store. */
	stored(trial: TrialSpec): void;
	/** `complete`: the study has no more trials. */
	close(complete: boolean): Promise<void>;
}

/** The study's trainer, as executor threads import it. */
const trainerModule = new URL("../trainers/node.js", import.meta.url).href;

/** Trials at once. */
export const workersFor = (study: TrainableStudy, { workers, gpus }: Pick<Execution, "workers" | "gpus">): number =>
	traitsOf(study.workload).isProcess ? slotCount({ workers, gpus }) : (workers ?? availableParallelism());

/** `store`: the store's folder; null: it is in memory, as it may be for all but scripts. `id`: the study's. */
export async function studyExecutor(
	study: TrainableStudy,
	{ id, store, backend }: { readonly id: string; readonly store: string | null; readonly backend: Backend },
	execution: Execution,
): Promise<StudyExecutor> {
	const { workload } = study;
	if (isCommand(workload)) {
		if (store === null) throw internal("a script needs a store in a folder");
		const scripts = scriptSession({ ...study, workload }, id, store, execution, openLocalHost);
		const executor = inlineExecutor(...scripts.trainers);
		return {
			executor,
			stored: (trial) => scripts.stored(trial),
			async close(complete) {
				await executor.close();
				await scripts.close(complete);
			},
		};
	}
	const slots = workersFor(study, execution);
	const executor = await openExecutor(execution.executor, { study, backend, slots, trainerModule, createTrainer });
	return { executor, stored: () => {}, close: () => executor.close() };
}
