import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { FunctionWorkload, Study } from "../../study/study.js";
import type { TrainFunction } from "./train-function.js";
import { functionTrainer } from "./trainer.js";

const study: Study = { ...closedFormStudy(64), goal: { metric: "validation.loss", atMost: 0.5 } };
const trial: TrialSpec = {
	...{ phase: "tuning", batchSize: 8, learningRate: 0.5, seedIndex: 0, seed: 7, cap: 20 },
	...{ until: "goal", curves: false, probe: false },
};

async function resultOf(train: TrainFunction, stop = { stopped: false }, over: Partial<Study> = {}): Promise<TrialResult> {
	for await (const { result } of functionTrainer({ ...study, ...over }, train).train(trial, stop)) if (result) return result;
	throw new Error("no result");
}

const seconds = (limit: number) => ({ limits: { ...study.limits, seconds: limit } });

describe("a trainer of the user's own", () => {
	test("is given the trial's batch size, rate and seed, and learns when it is over", async () => {
		let seen: unknown;
		const { outcome, first } = await resultOf(({ batchSize, learningRate, seed, report }) => {
			seen = { batchSize, learningRate, seed };
			for (let step = 1; !report({ step, metrics: { "validation.loss": 4 / step } }); step++);
		});
		expect(seen).toEqual({ batchSize: 8, learningRate: 0.5, seed: 7 });
		expect({ outcome, first }).toEqual({ outcome: "reached", first: { after: 7, step: 8, examples: 64 } });
	});

	test("is given the settings that move with the batch size, as they are at that of the trial", async () => {
		const hold = { warmupSteps: { examples: 160 }, beta2: { halfLife: 8 } };
		const workload: FunctionWorkload = { trainer: "/trainer.mjs", examples: 64, hold };
		const seen: unknown[] = [];
		const train: TrainFunction = ({ held, report }) => {
			seen.push(held);
			report({ step: 1, metrics: { "validation.loss": 0 } });
		};
		await resultOf(train, undefined, { workload });
		await resultOf(train, undefined, {});
		expect(seen).toEqual([{ warmupSteps: 20, beta2: 0.5 }, {}]);
	});

	test("that throws has failed, with its own words", async () => {
		const result = await resultOf(async ({ report }) => {
			report({ step: 3, metrics: { "validation.loss": 1 } });
			throw new Error("no such tensor");
		});
		expect(result).toMatchObject({ outcome: "failed", message: "no such tensor", steps: 3 });
	});

	test("that runs out of memory is told apart", async () => {
		const result = await resultOf(() => {
			new ArrayBuffer(2 ** 52);
		});
		expect(result.outcome).toBe("out of memory");
	});

	test("that waits is cancelled while it waits, and its signal is aborted", async () => {
		const stop = { stopped: false };
		let aborted = false;
		setTimeout(() => {
			stop.stopped = true;
		}, 20);
		const result = await resultOf(
			({ signal }) =>
				new Promise<void>((resolve) =>
					signal.addEventListener("abort", () => {
						aborted = true;
						resolve();
					}),
				),
			stop,
		);
		expect(result.outcome).toBe("cancelled");
		expect(aborted).toBe(true);
	});

	test("that never waits is cancelled at its next report", async () => {
		const stop = { stopped: false };
		const { outcome, steps } = await resultOf(({ report }) => {
			for (let step = 1; !report({ step, metrics: { "train.loss": 1 } }); step++) stop.stopped = step === 9;
		}, stop);
		expect({ outcome, steps }).toEqual({ outcome: "cancelled", steps: 9 });
	});

	test("that takes longer than its limit is out of time", async () => {
		const result = await resultOf(
			({ signal }) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve())),
			{ stopped: false },
			seconds(0.03),
		);
		expect(result).toMatchObject({ outcome: "timed out", message: "longer than 0.03 s at step 0" });
	});

	test("gives its result at once, though it may take its time to return", async () => {
		let returned = false;
		const chunks = functionTrainer(study, async ({ report }) => {
			report({ step: 1, metrics: { "validation.loss": 0 } });
			await new Promise((resolve) => setTimeout(resolve, 50));
			returned = true;
		})
			.train(trial, { stopped: false })
			[Symbol.asyncIterator]();
		expect((await chunks.next()).value?.result.outcome).toBe("reached");
		expect(returned).toBe(false);
		expect((await chunks.next()).done).toBe(true);
		expect(returned).toBe(true);
	});
});
