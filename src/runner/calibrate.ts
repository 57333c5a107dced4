import { setImmediate } from "node:timers/promises";
import type { Calibration } from "../core/calibration.js";
import type { Bench } from "../study/contracts.js";

/**
 * Seconds per step at every batch size, alone on the machine (nothing else of the study runs) and interleaved: every pass takes all sizes in turn,
 * so that the machine's drift meets them all alike and cancels in their ratios. One pass more comes first, to warm up, and is thrown away. A size
 * that can't be timed is left out. Null if the signal was aborted, or steps can't be timed apart.
 */
export async function calibrate(
	bench: Bench,
	batchSizes: readonly number[],
	machine: string,
	onPass: (done: number, total: number) => void,
	signal: AbortSignal,
): Promise<Calibration | null> {
	const { passes } = bench;
	if (passes === null) return null;
	onPass(0, passes);
	const seconds = batchSizes.map((batchSize) => ({ batchSize, passes: [] as number[] }));
	for (let pass = -1; pass < passes; pass++) {
		for (const size of seconds) {
			const taken = await bench.secondsPerStep(size.batchSize, signal);
			if (pass >= 0 && taken !== null) size.passes.push(taken);
			await setImmediate(); // an interrupt gets its turn
			if (signal.aborted) return null;
		}
		onPass(pass + 1, passes);
	}
	return { machine, stepTimes: seconds.filter((size) => size.passes.length > 0) };
}
