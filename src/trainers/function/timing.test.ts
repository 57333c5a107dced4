import { describe, expect, test } from "vitest";
import { timeTraining } from "./timing.js";
import type { TrainContext } from "./train-function.js";

/** Waits without leaving the thread, so that timings are what they are asked to be, give or take the machine's other work. */
function work(milliseconds: number): void {
	const until = performance.now() + milliseconds;
	while (performance.now() < until);
}

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
		expect(seconds).toBeGreaterThanOrEqual(0.004);
		expect(seconds).toBeLessThan(0.03); // four steps with a measurement among them would be above 15 ms each, plus the machine's other work
	});

	test("goes by the reports of a trainer that doesn't ask", async () => {
		const seconds = await timeTraining(
			({ report }) => {
				for (let step = 10; !report({ step, metrics: loss }); step += 10) work(20);
			},
			8,
			1,
		);
		expect(seconds).toBeGreaterThanOrEqual(0.002);
		expect(seconds).toBeLessThan(0.01);
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
