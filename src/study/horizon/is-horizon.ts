import { isBestGoal } from "../../core/horizon.js";
import type { Study } from "../study.js";

/** Whether a study asks for the best end of a training of a given length. */
export const isHorizon = ({ goal }: Pick<Study, "goal">): boolean => isBestGoal(goal);
