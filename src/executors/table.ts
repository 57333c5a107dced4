import type { TrainableStudy } from "../study/study.js";
import type { Slots } from "../trainers/command/session.js";
import { thisThread, threads } from "./in-process.js";
import type { ExecutorKind, Opening, StudyExecutor } from "./study-executor.js";

/** Every executor there is. A new one has a line here and one in the list of names. */
const executors = { workers: threads, inline: thisThread } satisfies Readonly<Record<string, ExecutorKind>>;

export type ExecutorName = keyof typeof executors;

/** The usual one first. */
export const executorNames = ["workers", "inline"] as const satisfies readonly ExecutorName[];

/** `workers (threads) or inline (this very thread)` */
export const executorWords = executorNames.map((name) => `${name} (${executors[name].where})`).join(" or ");

/** Where a study's trials run. */
export interface Execution extends Slots {
	readonly executor: ExecutorName;
}

/** Trials at once. */
export const slotsFor = (study: TrainableStudy, { executor, workers, gpus }: Execution): number =>
	executors[executor].slotsFor(study, { workers, gpus });

export const openExecutor = (opening: Omit<Opening, "slots">, { executor, workers, gpus }: Execution): Promise<StudyExecutor> =>
	executors[executor].open({ ...opening, slots: { workers, gpus } });
