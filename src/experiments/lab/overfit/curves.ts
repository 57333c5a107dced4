import type { CurveLine } from "../../../charts/panel-curves.js";
import { curveLines, medianRun } from "../median-run.js";
import type { HeldOutCurves } from "./cell.js";

const finished = (runs: readonly HeldOutCurves[]): readonly HeldOutCurves[] => runs.filter(({ diverged }) => !diverged);

/** The run whose final validation loss is the median of those that didn't diverge; undefined where all did. */
export const medianLoss = (runs: readonly HeldOutCurves[]): HeldOutCurves | undefined =>
	medianRun(finished(runs), ({ validationLoss }) => validationLoss[validationLoss.length - 1]);

/** Loss by epoch of some runs, `every` epochs between two looks: of the median run both sets, of the others the validation set. */
export const lossCurves = (runs: readonly HeldOutCurves[], every: number): readonly CurveLine[] =>
	curveLines(finished(runs), ({ trainLoss, validationLoss }) => ({ train: trainLoss, heldOut: validationLoss }), every);
