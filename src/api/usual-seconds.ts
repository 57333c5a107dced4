import { subjectOf } from "../experiments/lab/subjects.js";
import type { Work } from "../experiments/work.js";
import { training } from "../experiments/work.js";

/**
 * Seconds that the runs at the published size took, with two workers on two Zen 4 cores: those of experiments whose work can't be said
 * beforehand. A quick run takes at most a minute: that is what it is made for.
 */
export const usualSeconds: Readonly<Record<string, number>> = {
	flavors: 167,
	"learning-curves": 129,
	convex: 2158,
	iterations: 75,
	throughput: 26,
	stopping: 74,
	regularization: 167,
	sharpness: 298,
	schedules: 54,
};

export const usualWorkers = 2;
export const quickSeconds = 60;

/** How long a step of the digits' network took there, and what to time here to compare. */
export const usualStep = 33.4e-6;
export const comparedStep: Work = { workload: subjectOf(null, "digits").plain, amount: () => training(64, 1, 0) };
