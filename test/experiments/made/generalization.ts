import type { Arm } from "../../../src/experiments/generalization/arms.js";
import type { Tuning } from "../../../src/experiments/generalization/figures.js";
import { generalization } from "../../../src/experiments/generalization/generalization.js";
import type { Settings } from "../../../src/experiments/generalization/settings.js";
import type { Result, Task } from "../../../src/experiments/generalization/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(generalization);
const { settings, tasks } = asked;
const { batchSizes } = settings.study;
export const largest = batchSizes[batchSizes.length - 1];

/** What is known beforehand: the test accuracy of an arm, that of a run of the crossed design, and how far runs scatter. */
export interface Known {
	readonly accuracy: (batchSize: number, tuning: Tuning, budget: Arm["budget"]) => number;
	readonly crossed: (rate: number, momentum: number, width: number, batchSize: number) => number;
	readonly scatter: number;
}

/** Between the ends best, 10 points lower at one and 5 at all. */
export const known: Known = {
	accuracy: (batchSize) => (batchSize === 1 ? 0.85 : batchSize === largest ? 0.9 : batchSize === 16 ? 0.96 : 0.95),
	crossed: (rate, momentum, width, batchSize) => 0.5 + 0.1 * rate + 0.02 * momentum + 0.01 * width - 0.05 * batchSize,
	scatter: 0.001,
};

/** Of zero mean over three neighbours. */
const wobble = (seed: number, batchSize: number): number => ((seed + batchSize) % 3) - 1;

export function made({ accuracy, crossed: value, scatter }: Known): readonly Result[] {
	const { crossed, study } = settings;
	return tasks.map((task): Result => {
		if (task.kind === "time") return { stepTimes: batchSizes.map((batchSize) => ({ batchSize, passes: [1e-6 * (4 + batchSize)] })) };
		if (task.kind === "arm") {
			const { budget, batchSize, steps } = task;
			const runs = (tuning: Tuning) => ({
				learningRate: 0.25,
				ends: Array.from({ length: study.seeds.reporting }, (_, seed) => {
					const reached = accuracy(batchSize, tuning, budget) + scatter * wobble(seed, batchSize);
					return { test: reached, validation: reached, train: reached + 0.03 };
				}),
			});
			const tuningAccuracy = accuracy(batchSize, "tuned", budget);
			return { budget, batchSize, steps, untuned: runs("untuned"), tuned: runs("tuned"), atEdge: false, tuningAccuracy };
		}
		const { width, batchSize, momentum, rates, seeds } = task;
		const at = (place: number) =>
			value(place, crossed.momentum.indexOf(momentum), crossed.width.indexOf(width), crossed.batchSize.indexOf(batchSize));
		return {
			width,
			batchSize,
			momentum,
			ends: rates.map((_, rate) => seeds.map(() => ({ train: at(rate), validation: at(rate), test: at(rate) }))),
		};
	});
}
