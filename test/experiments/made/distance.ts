import { distance } from "../../../src/experiments/distance/distance.js";
import type { Settings } from "../../../src/experiments/distance/settings.js";
import type { Result, Task } from "../../../src/experiments/distance/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(distance);
const { settings, tasks } = asked;

/** Runs whose distance after all epochs is 10·B^`power`, and after `steps` grows by `stepFactor` with each doubling of the batch. */
export function made(power: number, stepFactor: number): readonly Result[] {
	const examples = settings.epochs * 1087;
	return tasks.map((task): Result => {
		const scale = 1 + task.seed / 1000;
		if (task.kind === "first step") return { kind: "first step", first: { distance: scale, expected: scale } };
		const { batchSize, learningRate, seed, workload } = task;
		const end = scale * 10 * batchSize ** power;
		const stepped = scale * stepFactor ** Math.log2(batchSize);
		return {
			kind: "travel",
			travel: {
				reduction: workload.reduction,
				batchSize,
				learningRate,
				seed,
				step: [0, settings.steps, 1e6],
				examples: [0, 1, examples],
				distance: [0, stepped, end],
				validationLoss: [3, 2, 1 + batchSize / 1e6],
				validationAccuracy: [0.1, 0.5, 0.9],
				path: { length: 2 * stepped, distance: stepped },
				diverged: false,
			},
		};
	});
}
