import { objectives } from "../../analysis/objectives.js";
import type { Calibration } from "../../core/calibration.js";
import { log } from "../../core/numerics.js";
import { secondsPerStep } from "../seconds-per-step.js";
import type { Study } from "../study.js";
import { traitsOf } from "../workloads/table.js";

/**
 * What a step costs at each batch size under the objective, in natural logarithm, but for a constant: a size costs its steps-to-target
 * times that.
 */
export type Prices = readonly number[];

/** γ where a step takes as long as B^γ: between these two on a processor, as our own engine shows. */
const ofProcessor = [0.5, 1] as const;
/** The same where there may be devices: from a step that takes as long for any batch to one that takes as long as its examples. */
const ofDevices = [0, 0.5, 1] as const;

/**
 * The prices under which the recommendation is to hold. Time is S·t, examples are S·B, and √(time × examples) is S·√(tB).
 *
 * Our own trials are the same on every machine and at every hour, and so is what is asked for next: a design that saw the clock would ask
 * for other trials every time. So there t is taken as B^γ, for the γ that our engine shows, and the sizes matter that may be best under any
 * of them. Of a trainer module no two runs need be equal anyhow: t is what the calibration says, where it knows every size. Scripts are
 * timed by their own runs, when those are over, and what was asked for then has to stand.
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
