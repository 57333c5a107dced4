import type { Bench, Trainer } from "../study/contracts.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { TrainableStudy } from "../study/study.js";
import { clockGrain } from "./clock-grain.js";

/**
 * Every size is trained for this long before anything is timed. V8 compiles WebAssembly and JavaScript twice: quickly at first, and well
 * once the code has run often enough. Until then a batch of one takes ten times as long.
 */
const warmUpSeconds = 0.06;

/** One timing lasts at least `seconds`, so that the cost of the call is negligible, or `grains` ticks of the clock, up to `mostSeconds`. */
const shortest = { seconds: 0.001, grains: 100, mostSeconds: 0.01 } as const;

/**
 * The shortest of this many timings in a row is kept, since other load can only lengthen one; a single one where it takes longer than a load
 * comes and goes: whole epochs of a large network. So load hardly affects the ratio
 * of two sizes: on two cores with two busy programs, twelve calibrations of the embedded study gave 0.91 to 0.94 (median 0.94) for the time
 * of a step at 1,024 examples over that at 1,087, and 0.92 to 0.95 without them. If the last batch is kept, the true ratio is one half,
 * since every other step at 1,024 has only the remaining 63 examples.
 */
const timings = { most: 3, singleFrom: 0.02 } as const;

/** The bench of a study with one of our own trainers, which runs in this thread. */
export function benchOf(trainer: Trainer, study: TrainableStudy): Bench {
	const steps = new Map<number, number>();
	const leastSeconds = Math.max(shortest.seconds, Math.min(shortest.mostSeconds, shortest.grains * clockGrain()));
	return {
		passes: 15,
		async secondsPerStep(batchSize) {
			const count = steps.get(batchSize) ?? wholeEpochs(warmUp(trainer, batchSize, leastSeconds), stepsPerEpoch(batchSize, study));
			steps.set(batchSize, count);
			let least = trainer.timeSteps(batchSize, count);
			const repeats = least < timings.singleFrom ? timings.most : 1;
			for (let i = 1; i < repeats; i++) least = Math.min(least, trainer.timeSteps(batchSize, count));
			return least / count;
		},
		async endTiming() {},
		timeLooks: () => trainer.timeLooks(),
		test: (trial) => trainer.test(trial),
		meetsGoalUntrained: (seed) => trainer.meetsGoalUntrained(seed),
	};
}

/** In epochs of more steps than this, the short last batch is negligible. */
const longEpoch = 64;

/**
 * An epoch's last batch may be short, and its step with it: few steps are timed in whole epochs, or the time per step would be too long.
 */
const wholeEpochs = (steps: number, epoch: number): number => (epoch > longEpoch ? steps : Math.ceil(steps / epoch) * epoch);

/** Trains until the code is as fast as it gets; returns how many steps then take `leastSeconds`. */
function warmUp(trainer: Trainer, batchSize: number, leastSeconds: number): number {
	let steps = 1;
	let least = Number.POSITIVE_INFINITY;
	for (let spent = 0; ; ) {
		const taken = trainer.timeSteps(batchSize, steps);
		spent += taken;
		if (taken < warmUpSeconds / 8) steps *= 2;
		else least = Math.min(least, taken / steps); // other programs may lengthen any timing, the last one too
		if (spent >= warmUpSeconds) return Math.max(1, Math.ceil(leastSeconds / least));
	}
}
