import { expect, test } from "vitest";
import { smallStudy } from "../../../test/fixtures/small-findings.js";
import type { Plan } from "../../study/plan.js";
import { renderPlan } from "./plan-table.js";

const plan: Plan = {
	examples: 1078,
	rows: [
		{ batchSize: 1, flavor: "stochastic", stepsPerEpoch: 1078, lastBatch: 1, updates: 107_800 },
		{ batchSize: 64, flavor: "mini-batch", stepsPerEpoch: 17, lastBatch: 54, updates: 5000 },
		{ batchSize: 1078, flavor: "batch", stepsPerEpoch: 1, lastBatch: 1078, updates: 5000 },
	],
	trials: 310,
	trialsAtMost: 1204,
	seconds: 34,
};

test("100 columns", () => {
	expect(renderPlan({ width: 100, color: false }, smallStudy, plan)).toBe(`digits

batch size  gradient descent  steps per epoch  last batch  updates at most
         1  stochastic                  1,078           1          107,800
        64  mini-batch                     17          54            5,000
     1,078  batch                           1       1,078            5,000

data            digits: 1,078 training, 269 validation and 450 test examples
model           64 features → dense 64 → relu → dense 10
optimizer       sgd, momentum 0.9
goal            validation accuracy of at least 0.95
learning rates  0.00098 to 11, 28 half octaves; further where the best is at an end
seeds           3 tuning, 4 selecting, 7 reporting
a trial ends    at the goal, or after 100 epochs or 5,000 steps, whichever is more
trials          about 310, at most 1,204
time            about 34 s
`);
});

test("60 columns", () => {
	expect(renderPlan({ width: 60, color: false }, smallStudy, plan)).toBe(`digits

batch  flavor      steps/epoch  last batch  updates
    1  stochastic        1,078           1  107,800
   64  mini-batch           17          54    5,000
1,078  batch                 1       1,078    5,000

data            digits: 1,078 training, 269 validation and
                450 test examples
model           64 features → dense 64 → relu → dense 10
optimizer       sgd, momentum 0.9
goal            validation accuracy of at least 0.95
learning rates  0.00098 to 11, 28 half octaves; further
                where the best is at an end
seeds           3 tuning, 4 selecting, 7 reporting
a trial ends    at the goal, or after 100 epochs or 5,000
                steps, whichever is more
trials          about 310, at most 1,204
time            about 34 s
`);
});

test("weight decay is told", () => {
	const study = {
		...smallStudy,
		workload: { ...smallStudy.workload, optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-4 } as const },
	};
	expect(renderPlan({ width: 100, color: false }, study, plan)).toContain("\noptimizer       sgd, momentum 0.9, weight decay 0.0001\n");
});

test("no test set, no momentum, nothing timed", () => {
	const study = {
		...smallStudy,
		data: { ...smallStudy.data, test: 0 },
		workload: { ...smallStudy.workload, optimizer: { name: "sgd", momentum: 0 } as const },
	};
	const lines = renderPlan({ width: 100, color: false }, study, { ...plan, seconds: null }).split("\n");
	expect(lines.find((line) => line.startsWith("data"))).toBe(
		"data            digits: 1,078 training and 269 validation examples, no test set",
	);
	expect(lines.find((line) => line.startsWith("optimizer"))).toBe("optimizer       sgd");
	expect(lines.some((line) => line.startsWith("time"))).toBe(false);
});
