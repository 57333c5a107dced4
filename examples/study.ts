import { defineStudy } from "sweetspot";

// The same as a YAML study, and more: values that are computed, keys that the compiler checks. `sweetspot tune examples/study.ts` runs it.
const examples = 300;

export default defineStudy({
	version: 1,
	name: "blobs",
	workload: {
		data: { blobs: { examples, classes: 3, features: 2, spread: 2 } },
		model: [{ dense: 16 }, "relu", { dense: 3 }],
	},
	goal: { metric: "validation.loss", atMost: 0.45 },
	batchSizes: [1, 4, 16, 64, "full"],
	tune: { learningRate: { from: 0.01, to: 1 } },
	limits: { epochs: 20, steps: 500 },
});
