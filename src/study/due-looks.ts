import { usualRatio } from "../core/looks.js";
import type { Study } from "./study.js";
import { traitsOf } from "./workloads/table.js";

/** The ratio of looks as they are due. A study of runs made elsewhere has the one that those have, which need not be what was wanted. */
export const dueRatio = (study: Study): number => (traitsOf(study.workload).looks === "given" ? usualRatio : study.looks.ratio);
