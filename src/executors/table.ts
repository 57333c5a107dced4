import type { TrainableStudy } from "../study/study.js";
import type { Slots } from "../trainers/command/session.js";
import { thisThread, threads } from "./in-process.js";
import { processes } from "./processes.js";
import { ray } from "./ray.js";
import { siteCommand } from "./site-command.js";
import { slurm } from "./slurm.js";
import type { ExecutorKind, Opening, StudyExecutor } from "./study-executor.js";

/** All executors. A new one gets a line here and one in the list of names. */
const executors = { workers: threads, inline: thisThread, processes, slurm, ray, command: siteCommand } satisfies Readonly<
	Record<string, ExecutorKind>
>;

export type ExecutorName = keyof typeof executors;

/** The usual one first. */
export const executorNames = ["workers", "inline", "processes", "slurm", "ray", "command"] as const satisfies readonly ExecutorName[];

/** `workers (threads), inline (the main thread), …` */
export const executorWords = executorNames.map((name) => `${name} (${executors[name].where})`).join(", ");

/** Where a study's trials run. */
export interface Execution extends Slots {
	readonly executor: ExecutorName;
}

/** Trials at once. */
export const slotsFor = (study: TrainableStudy, { executor, workers, gpus }: Execution): number =>
	executors[executor].slotsFor(study, { workers, gpus });

export const openExecutor = (opening: Omit<Opening, "slots">, { executor, workers, gpus }: Execution): Promise<StudyExecutor> =>
	executors[executor].open({ ...opening, slots: { workers, gpus } });
