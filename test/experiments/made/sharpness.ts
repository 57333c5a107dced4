import type { Settings } from "../../../src/experiments/sharpness/settings.js";
import { sharpness } from "../../../src/experiments/sharpness/sharpness.js";
import type { Solution } from "../../../src/experiments/sharpness/solution.js";
import type { Result, Task } from "../../../src/experiments/sharpness/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(sharpness);
const { settings, tasks } = asked;

/**
 * Solutions whose sharpness and eigenvalue grow as B to these powers, at any rate and end; each seed a little off. Best rates: the middle
 * ones.
 */
export const made = (box: number, bend: number, scatter = 0.01): readonly Result[] =>
	tasks.map((task): Result => {
		const solution = (batchSize: number, place: number): Solution => {
			const off = 1 + scatter * (((task.seed + batchSize) % 3) - 1);
			return {
				epochs: 10 + (place - 2) ** 2,
				trainLoss: settings.trainLoss,
				validationLoss: 0.2,
				validationAccuracy: 0.95 + task.seed / 1e4,
				distance: 5,
				curvature: { sharpness: batchSize ** box * off, slope: 0.5 * batchSize ** box * off, eigenvalue: 3 * batchSize ** bend * off },
			};
		};
		const { seed } = task;
		if (task.kind === "lines") {
			const line = { train: task.alphas.map((alpha) => 1 + alpha ** 2), validation: task.alphas.map((alpha) => 2 + alpha ** 2) };
			const until = "epochs" in task.until ? "epochs" : "loss";
			return { kind: "lines", until, seed, solutions: task.batchSizes.map((size) => solution(size, 2)), lines: [line, line] };
		}
		const { batchSize, learningRate } = task;
		const rates = settings.sizes.find((size) => size.batchSize === batchSize)?.rates ?? [];
		return { kind: "solution", batchSize, learningRate, seed, solution: solution(batchSize, rates.indexOf(learningRate)) };
	});

/** The same, but that no run with a tenth of the data came so far. */
export const withoutTenth = (results: readonly Result[]): readonly Result[] => {
	const [, tenth] = settings.sizes;
	return results.map((result) =>
		result.kind === "solution" && result.batchSize === tenth.batchSize ? { ...result, solution: null } : result,
	);
};
