import type { Calibration } from "../core/calibration.js";

/** Median over the calibration's passes, of an even number the upper middle one; null where the size was not timed. */
export function secondsPerStep(calibration: Calibration | null, batchSize: number): number | null {
	const passes = calibration?.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? [];
	return [...passes].sort((a, b) => a - b)[Math.floor(passes.length / 2)] ?? null;
}
