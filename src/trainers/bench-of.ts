import type { Bench, Trainer } from "../study/contracts.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { TrainableStudy } from "../study/study.js";
import { clockGrain } from "./clock-grain.js";

/**
 * Every size is trained for so long before anything is timed. V8 compiles WebAssembly and JavaScript twice, quickly first and well once it has
 * run often enough; a batch of one takes ten times as long until then.
 */
const warmUpSeconds = 0.06;

/** One timing lasts at least this long, so that the call doesn't show; or so many grains of the clock, up to the most. */
const shortest = { seconds: 0.001, grains: 100, mostSeconds: 0.01 } as const;

/**
 * Of so many timings in a row the least is kept: what else the machine does can only add to one. With that, load hardly shows in the ratio
 * of two sizes: on two cores with two busy programs, twelve calibrations of the embedded study gave 0.91 to 0.94 (median 0.94) for the time
 * of a step at 1,024 examples over that at 1,087, and 0.92 to 0.95 on the machine as it was. Where the last batch is kept it is one half in
 * truth, as every other step at 1,024 holds the 63 examples that are left.
 */
const timings = 3;

/** The bench of a study whose trainer is ours, and runs in this very thread. */
export function benchOf(trainer: Trainer, study: TrainableStudy): Bench {
	const steps = new Map<number, number>();
	const leastSeconds = Math.max(shortest.seconds, Math.min(shortest.mostSeconds, shortest.grains * clockGrain()));
	return {
		passes: 15,
		async secondsPerStep(batchSize) {
			const count = steps.get(batchSize) ?? wholeEpochs(warmUp(trainer, batchSize, leastSeconds), stepsPerEpoch(batchSize, study));
			steps.set(batchSize, count);
			return Math.min(...Array.from({ length: timings }, () => trainer.timeSteps(batchSize, count) / count));
		},
		async endTiming() {},
		test: (trial) => trainer.test(trial),
		meetsGoalUntrained: (seed) => trainer.meetsGoalUntrained(seed),
	};
}

/** Epochs of more steps than this hold so few short last batches that they don't show. */
const longEpoch = 64;

/** An epoch's last batch may be short, and its step with it: few steps are timed in whole epochs, or the time per step would be too long. */
const wholeEpochs = (steps: number, epoch: number): number => (epoch > longEpoch ? steps : Math.ceil(steps / epoch) * epoch);

/** Trains until the code is as fast as it gets; returns how many steps then take `leastSeconds`. */
function warmUp(trainer: Trainer, batchSize: number, leastSeconds: number): number {
	let steps = 1;
	let least = Number.POSITIVE_INFINITY;
	for (let spent = 0; ; ) {
		const taken = trainer.timeSteps(batchSize, steps);
		spent += taken;
		if (taken < warmUpSeconds / 8) steps *= 2;
		else least = Math.min(least, taken / steps); // other programs make the last timing longer as well as any
		if (spent >= warmUpSeconds) return Math.max(1, Math.ceil(leastSeconds / least));
	}
}
