import { availableParallelism } from "node:os";
import { internal } from "../core/errors.js";
import type { Executor } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";
import { isCommand, traitsOf } from "../study/workloads/table.js";
import { openLocalHost } from "../trainers/command/local/host.js";
import { type Slots, scriptSession, slotCount } from "../trainers/command/session.js";
import { createTrainer } from "../trainers/node.js";
import { inlineExecutor } from "./inline.js";
import type { ExecutorKind, Opening, StudyExecutor } from "./study-executor.js";
import { workersExecutor } from "./workers.js";

/** The module that makes a study's trainer, as threads import it. */
const trainerModule = new URL("../trainers/node.js", import.meta.url).href;

/** One for each core; of scripts, one for each GPU named, or one. */
const slotsFor = (study: TrainableStudy, slots: Slots): number =>
	traitsOf(study.workload).isProcess ? slotCount(slots) : (slots.workers ?? availableParallelism());

export const threads: ExecutorKind = {
	where: "threads",
	slotsFor,
	open: (opening) =>
		inThisProcess(opening, async ({ study, backend, slots }) => workersExecutor(study, trainerModule, slotsFor(study, slots), backend)),
};

export const thisThread: ExecutorKind = {
	where: "the main thread",
	slotsFor,
	open: (opening) => inThisProcess(opening, async ({ study, backend }) => inlineExecutor(await createTrainer(study, backend))),
};

/** A script is its own process, so both executors of this process watch it in the same way. */
async function inThisProcess(opening: Opening, openExecutor: (opening: Opening) => Promise<Executor>): Promise<StudyExecutor> {
	const { study, id, store, slots } = opening;
	const { workload } = study;
	if (!isCommand(workload)) {
		const executor = await openExecutor(opening);
		return { executor, stored: () => {}, close: () => executor.close() };
	}
	if (store === null) throw internal("a script needs a store in a folder");
	const scripts = scriptSession({ ...study, workload }, id, store, slots, openLocalHost);
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
