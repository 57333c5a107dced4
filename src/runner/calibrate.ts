import { setImmediate } from "node:timers/promises";
import type { Calibration } from "../core/calibration.js";
import type { Trainer } from "../study/contracts.js";

/** Passes over the sizes that are kept; one more comes before them, to warm up, and is thrown away. */
const passes = 15;

/** One timing lasts at least this long, so that the clock's grain and the call don't show. */
const leastSeconds = 0.001;

/** Of so many timings in a row the least is kept: what else the machine does can only add to one. */
const timings = 3;

/**
 * Seconds per step at every batch size, alone on the machine (nothing else of the study runs) and interleaved: every pass takes all sizes in turn,
 * so that the machine's drift meets them all alike and cancels in their ratios.
 */
export async function calibrate(
	trainer: Trainer,
	batchSizes: readonly number[],
	machine: string,
	onPass: (done: number, total: number) => void,
	signal: AbortSignal,
): Promise<Calibration | null> {
	const steps = batchSizes.map((batchSize) => stepsFor(trainer, batchSize));
	const seconds: number[][] = batchSizes.map(() => []);
	for (let pass = -1; pass < passes; pass++) {
		for (const [i, batchSize] of batchSizes.entries()) {
			const taken = Array.from({ length: timings }, () => trainer.timeSteps(batchSize, steps[i]) / steps[i]);
			if (pass >= 0) seconds[i].push(Math.min(...taken));
		}
		await setImmediate(); // an interrupt gets its turn
		if (signal.aborted) return null;
		onPass(pass + 1, passes);
	}
	return { machine, stepTimes: batchSizes.map((batchSize, i) => ({ batchSize, passes: seconds[i] })) };
}

/** How many steps take long enough to be measured. */
function stepsFor(trainer: Trainer, batchSize: number): number {
	for (let steps = 1; ; steps *= 2) if (trainer.timeSteps(batchSize, steps) >= leastSeconds) return steps;
}
