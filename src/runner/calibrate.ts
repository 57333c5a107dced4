import { setImmediate } from "node:timers/promises";
import type { Calibration } from "../core/calibration.js";
import type { Trainer } from "../study/contracts.js";

/** Passes over the sizes. */
const passes = 15;

/**
 * Every size is trained for so long before anything is timed. V8 compiles WebAssembly and JavaScript twice, quickly first and well once it has
 * run often enough; a batch of one takes ten times as long until then.
 */
const warmUpSeconds = 0.06;

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
	stepsPerEpoch: (batchSize: number) => number,
	machine: string,
	onPass: (done: number, total: number) => void,
	signal: AbortSignal,
): Promise<Calibration | null> {
	const steps: number[] = [];
	onPass(0, passes);
	for (const batchSize of batchSizes) {
		steps.push(wholeEpochs(warmUp(trainer, batchSize), stepsPerEpoch(batchSize)));
		await setImmediate(); // an interrupt gets its turn
		if (signal.aborted) return null;
	}
	const seconds: number[][] = batchSizes.map(() => []);
	for (let pass = 0; pass < passes; pass++) {
		for (const [i, batchSize] of batchSizes.entries()) {
			const taken = Array.from({ length: timings }, () => trainer.timeSteps(batchSize, steps[i]) / steps[i]);
			seconds[i].push(Math.min(...taken));
			await setImmediate();
			if (signal.aborted) return null;
		}
		onPass(pass + 1, passes);
	}
	return { machine, stepTimes: batchSizes.map((batchSize, i) => ({ batchSize, passes: seconds[i] })) };
}

/** Epochs of more steps than this hold so few short last batches that they don't show. */
const longEpoch = 64;

/** An epoch's last batch may be short, and its step with it: few steps are timed in whole epochs, or the time per step would be too long. */
const wholeEpochs = (steps: number, stepsPerEpoch: number): number =>
	stepsPerEpoch > longEpoch ? steps : Math.ceil(steps / stepsPerEpoch) * stepsPerEpoch;

/** Trains until the code is as fast as it gets; returns how many steps then take long enough to be timed. */
function warmUp(trainer: Trainer, batchSize: number): number {
	let steps = 1;
	for (let spent = 0; ; ) {
		const taken = trainer.timeSteps(batchSize, steps);
		spent += taken;
		if (spent >= warmUpSeconds) return Math.max(1, Math.ceil((leastSeconds * steps) / taken));
		if (taken < warmUpSeconds / 8) steps *= 2;
	}
}
