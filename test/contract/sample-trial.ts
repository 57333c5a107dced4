import type { FinishedTrial } from "../../src/core/trial.js";

/** A trial whose specification differs from that of every other `seedIndex`. */
export function sampleTrial(seedIndex: number, looks = 3): FinishedTrial {
	return {
		spec: {
			phase: "tuning",
			batchSize: 32,
			learningRate: Math.SQRT1_2,
			seedIndex,
			seed: 4294967295 - seedIndex,
			cap: 5000,
			until: "goal",
			curves: true,
			probe: true,
		},
		result: {
			outcome: "reached",
			steps: looks,
			examples: 32 * looks,
			first: { after: 0, step: 1, examples: 32 },
			reached: null,
			evaluations: Array.from({ length: looks }, (_, i) => ({
				step: i + 1,
				examples: 32 * (i + 1),
				metrics: { "train.loss": 1 / (i + 3), "validation.loss": 0.1 + i, "train.accuracy": i / (i + 7), "validation.accuracy": 0.3 },
			})),
			probes: [{ step: 0, groupSize: 8, squaredNormSums: [0.1, 0.2], gram: [1, 0.5, 0.5, 1 / 3] }],
			seconds: 0.1,
			message: null,
		},
	};
}
