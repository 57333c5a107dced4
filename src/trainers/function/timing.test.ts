import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { timeTraining } from "./timing.js";
import type { TrainContext } from "./train-function.js";

// A clock that only moves when a trainer works, so that the machine's other work isn't timed.
beforeEach(() => {
	vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
	vi.useRealTimers();
});
const work = (milliseconds: number): void => void vi.advanceTimersByTime(milliseconds);

const loss = { "validation.loss": 1 };

describe("timeTraining", () => {
	test("counts what lies between steps: neither what comes before the first, nor what is measured for a report", async () => {
		const seconds = await timeTraining(
			({ isDue, report }: TrainContext) => {
				work(60);
				for (let step = 1; ; step++) {
					work(4);
					if (!isDue(step)) continue;
					work(60);
					if (report({ step, metrics: loss })) return;
				}
			},
			8,
			1,
		);
		expect(seconds).toBeCloseTo(0.004, 12);
	});

	test("goes by the reports of a trainer that doesn't ask", async () => {
		const seconds = await timeTraining(
			({ report }) => {
				for (let step = 10; !report({ step, metrics: loss }); step += 10) work(20);
			},
			8,
			1,
		);
		expect(seconds).toBeCloseTo(0.002, 12);
	});

	test("is null where there is nothing to time", async () => {
		expect(await timeTraining(() => {}, 8, 1)).toBeNull();
		expect(
			await timeTraining(
				() => {
					throw new Error("no");
				},
				8,
				1,
			),
		).toBeNull();
	});
});
