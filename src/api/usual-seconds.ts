import { subjectOf } from "../experiments/lab/subjects.js";
import type { Work } from "../experiments/work.js";
import { training } from "../experiments/work.js";

/**
 * Seconds that the runs at the published size took, with two workers on two Zen 4 cores: those of experiments whose work can't be said
 * beforehand, on their own data or on others. A quick run takes at most a minute: that is what it is made for.
 */
const usualSeconds: Readonly<Record<string, number>> = {
	flavors: 31,
	"learning-curves": 15,
	convex: 150,
	iterations: 65,
	throughput: 17,
	stopping: 25,
	regularization: 24,
	sharpness: 75,
	schedules: 6,
	conditions: 88,
	"conditions on tutorial-blobs": 4,
};

export const usualSecondsOf = (experiment: string, data: string | null): number | undefined =>
	usualSeconds[data === null ? experiment : `${experiment} on ${data}`];

export const usualWorkers = 2;
export const quickSeconds = 60;

/** How long a step of the digits' network took there, and what to time here to compare. */
export const usualStep = 20e-6;
export const comparedStep: Work = { workload: subjectOf(null, "digits").plain, amount: () => training(64, 1, 0) };
