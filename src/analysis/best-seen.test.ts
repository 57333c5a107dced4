import { expect, test } from "vitest";
import type { FinishedTrial } from "../core/trial.js";
import { bestSeen } from "./best-seen.js";

const trial = (batchSize: number, learningRate: number, accuracies: readonly number[]): FinishedTrial => ({
	spec: { phase: "tuning", batchSize, learningRate, seedIndex: 0, seed: 1, cap: 100, until: "goal", curves: false, probe: false },
	result: {
		outcome: "missed",
		steps: 100,
		examples: 100 * batchSize,
		first: null,
		reached: null,
		evaluations: accuracies.map((accuracy, i) => ({
			step: i + 1,
			examples: batchSize * (i + 1),
			metrics: { "validation.accuracy": accuracy },
		})),
		probes: [],
		seconds: 1,
		message: null,
	},
});

test("the look closest to the goal, for goals in either direction", () => {
	const trials = [trial(8, 0.5, [0.2, 0.93, 0.9]), trial(16, 1, [0.1, 0.93]), trial(32, 2, [0.4])];
	expect(bestSeen({ metric: "validation.accuracy", atLeast: 0.95 }, trials)).toEqual({
		value: 0.93,
		batchSize: 8,
		learningRate: 0.5,
		step: 2,
	});
	const error = bestSeen({ metric: "validation.error", atMost: 0.05 }, trials);
	expect(error?.value).toBeCloseTo(0.07, 12);
	expect(error?.batchSize).toBe(8);
});

test("null where the metric was never measured", () => {
	expect(bestSeen({ metric: "validation.accuracy", atLeast: 0.95 }, [])).toBeNull();
	expect(bestSeen({ metric: "train.loss", atMost: 0.1 }, [trial(8, 0.5, [0.2])])).toBeNull();
});
