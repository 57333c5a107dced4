import type { Calibration } from "../core/calibration.js";
import { upperMiddle } from "../core/upper-middle.js";

/** As `secondsPerStep`, without times that count the start of the process as well: those of a few steps say nothing of a step. */
export function exactSecondsPerStep(calibration: Calibration | null, batchSize: number): number | null {
	const isRough = calibration?.stepTimes.some((time) => time.batchSize === batchSize && time.startUp);
	return isRough ? null : secondsPerStep(calibration, batchSize);
}

/** Median over the calibration's passes, the upper middle one of an even number; null if the size was not timed. */
export function secondsPerStep(calibration: Calibration | null, batchSize: number): number | null {
	return upperMiddle(calibration?.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []) ?? null;
}
