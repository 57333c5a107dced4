import type { Calibration } from "../core/calibration.js";
import { upperMiddle } from "../core/upper-middle.js";

/** Median over the calibration's passes, of an even number the upper middle one; null where the size was not timed. */
export function secondsPerStep(calibration: Calibration | null, batchSize: number): number | null {
	return upperMiddle(calibration?.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []) ?? null;
}
