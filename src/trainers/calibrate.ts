import type { StepTime } from "../core/calibration.js";
import { turn } from "../core/turn.js";
import type { Bench } from "../study/contracts.js";

/**
 * Seconds per step at every batch size, alone on the machine (nothing else of the study runs) and interleaved: every pass takes all
 * sizes in turn, so that the machine's drift affects them all alike and cancels in their ratios. One extra pass comes first, to warm
 * up, and is thrown away. A size that can't be timed is left out; all are if the bench can't time steps apart from the trials. It ends
 * once the signal is aborted, and what it returns then is incomplete.
 */
export async function calibrate(
	bench: Bench,
	batchSizes: readonly number[],
	signal = new AbortController().signal,
	onPass: (done: number, total: number) => void = () => {},
): Promise<readonly StepTime[]> {
	const { passes } = bench;
	if (passes === null) return [];
	const times = batchSizes.map((batchSize) => ({ batchSize, passes: [] as number[] }));
	const timed = () => times.filter((time) => time.passes.length > 0);
	onPass(0, passes);
	for (let pass = -1; pass < passes; pass++) {
		for (const time of times) {
			const seconds = await bench.secondsPerStep(time.batchSize, signal);
			if (pass >= 0 && seconds !== null) time.passes.push(seconds);
			await turn(); // for an interrupt
			if (signal.aborted) return timed();
		}
		onPass(pass + 1, passes);
	}
	return timed();
}
