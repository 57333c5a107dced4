import { objectives } from "../../analysis/objectives.js";
import type { Calibration } from "../../core/calibration.js";
import { log } from "../../core/numerics.js";
import { secondsPerStep } from "../seconds-per-step.js";
import type { Study } from "../study.js";
import { traitsOf } from "../workloads/table.js";

/**
 * The cost of a step at each batch size under the objective, in natural logarithm, up to a constant: the cost of a size is its
 * steps-to-target times this.
 */
export type Prices = readonly number[];

/** γ in the time of a step, B^γ: between these two on a processor, as measured with our own engine. */
const ofProcessor = [0.5, 1] as const;
/** The same if there may be accelerators: from a time that doesn't depend on the batch to one in proportion to its examples. */
const ofDevices = [0, 0.5, 1] as const;

/**
 * The prices under which the recommendation is to hold. Time is S·t, examples are S·B, and √(time × examples) is S·√(tB).
 *
 * Our own trials are the same on every machine at any time, and so must be the choice of the next ones: a design that saw the clock would
 * ask for other trials every time. So t is taken as B^γ, with the values of γ measured for our engine, and every size counts that may be
 * best under one of them. Runs of a trainer module may differ anyway, so t comes from the calibration, if that knows every size. Scripts
 * are timed by their own runs, after these are over, when the earlier choices can't be changed.
 */
export function pricesOf(
	{ batchSizes, objective, workload }: Pick<Study, "batchSizes" | "objective" | "workload">,
	calibration: Calibration | null,
): readonly Prices[] {
	const logSizes = batchSizes.map(log);
	const { asksByCalibration, onDevices } = traitsOf(workload);
	const { needsSeconds, logScore } = objectives[objective];
	if (!needsSeconds) return [logSizes];
	const measured = asksByCalibration ? batchSizes.flatMap((batchSize) => secondsPerStep(calibration, batchSize) ?? []) : [];
	const times =
		measured.length === batchSizes.length
			? [measured.map(log)]
			: (onDevices ? ofDevices : ofProcessor).map((power) => logSizes.map((size) => power * size));
	return times.map((logTimes) => logTimes.map((time, i) => logScore(time, logSizes[i])));
}
