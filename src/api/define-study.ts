import type { StudyInput } from "../study/schema.js";

/**
 * The study as it is, typed: a key that isn't one is an error of the compiler's. For study files in TypeScript, as their default export.
 */
export const defineStudy = (study: StudyInput): StudyInput => study;
