import { usualRatio } from "../core/looks.js";
import type { Study } from "./study.js";
import { traitsOf } from "./workloads/table.js";

/** The ratio between due looks. Imported runs have their own ratio, which need not be the intended one. */
export const dueRatio = (study: Study): number => (traitsOf(study.workload).looks === "given" ? usualRatio : study.looks.ratio);
