import type { Calibration } from "../core/calibration.js";
import { upperMiddle } from "../core/upper-middle.js";

/** Median over the calibration's passes, the upper middle one of an even number; null if the size was not timed. */
export function secondsPerStep(calibration: Calibration | null, batchSize: number): number | null {
	return upperMiddle(calibration?.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []) ?? null;
}
