import { usualRatio } from "../core/looks.js";
import { isImported, type Study } from "./study.js";

/** The ratio of looks as they are due. A study of runs made elsewhere has the one that those have, which need not be what was wanted. */
export const dueRatio = (study: Study): number => (isImported(study) ? usualRatio : study.looks.ratio);
