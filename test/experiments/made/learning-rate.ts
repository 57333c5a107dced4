import { learningRate } from "../../../src/experiments/learning-rate/learning-rate.js";
import type { Settings } from "../../../src/experiments/learning-rate/settings.js";
import type { Result, Task } from "../../../src/experiments/learning-rate/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(learningRate);
const { tasks } = asked;

/**
 * Runs whose loss has its valley at 2⁻² · (B/64)^exponent, a little elsewhere for each seed, whose accuracy falls with the loss, and whose
 * distance is the rate, times `reach` at every batch size but 64.
 */
export const made = (exponent: number, reach: number): readonly Result[] =>
	tasks.map(({ batchSize, learningRate: rate, seed }): Result => {
		const best = 0.25 * (batchSize / 64) ** exponent;
		const off = Math.log2(rate / best) + ((seed % 3) - 1) / 20;
		const validationLoss = Math.exp(0.1 * off * off - 1);
		const distance = rate * (batchSize === 64 ? 1 : reach) * (1 + seed / 1e4);
		return { batchSize, learningRate: rate, seed, end: { validationLoss, validationAccuracy: 1 / (1 + validationLoss / 10), distance } };
	});
