import type { StepTime } from "../core/calibration.js";
import { turn } from "../core/turn.js";
import type { Bench } from "../study/contracts.js";

/**
 * Seconds per step at every batch size, while nothing else of the study runs. Timings are interleaved: every pass takes all sizes in turn,
 * so that drift of the machine affects them equally and cancels in their ratios. A first extra pass warms up and is discarded. A size that
 * can't be timed is left out; so are all if the bench can't time steps separately from trials. It ends when the signal is aborted, with an
 * incomplete result.
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
