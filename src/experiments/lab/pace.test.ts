import { expect, test } from "vitest";
import { readBytes } from "../../trainers/read-bytes.js";
import { gradientNorm } from "../gradient-norm/gradient-norm.js";
import { learningRate } from "../learning-rate/learning-rate.js";
import { Pace } from "./pace.js";
import { subjectOf } from "./subjects.js";

const asked = { size: "quick", seed: 0, data: null } as const;

test("counts what a task computes: 30 epochs of digits in whole batches of 64", async () => {
	const task = learningRate
		.tasks(learningRate.settings(asked))
		.find((one) => typeof one === "object" && one !== null && "batchSize" in one && one.batchSize === 64);
	const work = learningRate.work(task ?? null);
	expect(work?.amount(1087)).toEqual({ trainings: 1, steps: [{ batchSize: 64, count: 30 * 16 }], probes: [], looks: 1 });
});

test("counts the gradients that are drawn in addition to the steps", () => {
	const [task] = gradientNorm.tasks(gradientNorm.settings(asked));
	const amount = gradientNorm.work(task)?.amount(1087);
	expect(amount?.steps).toEqual([{ batchSize: 32, count: 2 * 34 }]);
	expect(amount?.probes.filter(({ batchSize }) => batchSize < 1087).map(({ count }) => count)).toEqual(Array(11).fill(1000));
});

test("the time of a task is that of its parts, each timed once", async () => {
	const pace = new Pace({ read: readBytes });
	const { plain: workload } = subjectOf(null, "digits");
	const of = (count: number, looks: number) =>
		pace.of({
			workload,
			amount: (examples) => ({ trainings: 1, steps: [{ batchSize: 32, count }], probes: [], looks: looks * (examples / 1087) }),
		});
	const [step, steps, both, look] = [await of(1, 0), await of(1000, 0), await of(1000, 7), await of(0, 7)];
	expect(step.seconds).toBeGreaterThan(0);
	expect(steps.seconds).toBeCloseTo(1000 * step.seconds, 12);
	expect(both.seconds).toBeCloseTo(steps.seconds + look.seconds, 12);
	expect(look.seconds).toBeGreaterThan(0);
});
