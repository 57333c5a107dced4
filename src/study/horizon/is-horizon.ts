import { isBestGoal } from "../../core/horizon.js";
import type { Study } from "../study.js";
import { isTied } from "../workloads/table.js";

/** Whether a study asks for the least length whose end meets a value. */
export const isEnding = ({ goal, workload }: Pick<Study, "goal" | "workload">): boolean => !isBestGoal(goal) && isTied(workload);

/** Whether a study asks for the best end of a training of a given length. */
export const isHorizon = ({ goal }: Pick<Study, "goal">): boolean => isBestGoal(goal);
