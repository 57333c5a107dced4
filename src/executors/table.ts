import type { Backend } from "../core/backend.js";
import type { Executor, SlotTrainer } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";
import { inlineExecutor } from "./inline.js";
import { workersExecutor } from "./workers.js";

/** What an executor is opened with. */
interface Opening {
	readonly study: TrainableStudy;
	readonly backend: Backend;
	/** Trials that run at once, where that is the executor's to say. */
	readonly slots: number;
	/** URL of the module that makes the study's trainer, for threads to import. */
	readonly trainerModule: string;
	/** The same in this thread. */
	readonly createTrainer: (study: TrainableStudy, backend: Backend) => Promise<SlotTrainer>;
}

/** Where trials may run within this process. */
interface ExecutorKind {
	/** In words. */
	readonly where: string;
	open(opening: Opening): Executor | Promise<Executor>;
}

const executors = {
	workers: {
		where: "threads",
		open: ({ study, backend, slots, trainerModule }) => workersExecutor(study, trainerModule, slots, backend),
	},
	inline: {
		where: "the main thread",
		open: async ({ study, backend, createTrainer }) => inlineExecutor(await createTrainer(study, backend)),
	},
} satisfies Readonly<Record<string, ExecutorKind>>;

export type ExecutorName = keyof typeof executors;

/** The usual one first. */
export const executorNames = ["workers", "inline"] as const satisfies readonly ExecutorName[];

/** `workers (threads) or inline (the main thread)` */
export const executorWords = executorNames.map((name) => `${name} (${executors[name].where})`).join(" or ");

export const openExecutor = async (name: ExecutorName, opening: Opening): Promise<Executor> => await executors[name].open(opening);
