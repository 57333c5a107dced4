import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { inlineExecutor } from "../../dist/executors/inline.js";
import { workersExecutor } from "../../dist/executors/workers.js";
import type { Evaluation, TrialSpec } from "../../src/core/trial.js";
import type { Executor } from "../../src/study/contracts.js";
import { closedFormStudy } from "../fixtures/closed-form.js";
import { resultOf } from "../fixtures/result-of.js";
import { scriptRuns } from "../fixtures/scripts/run-script.js";

const module = new URL("../fixtures/odd-trainer.mjs", import.meta.url).href;
const { createTrainer } = (await import(module)) as { createTrainer(): Promise<Parameters<typeof inlineExecutor>[0]> };

const trial = (batchSize: number, seedIndex = 0): TrialSpec => ({
	phase: "tuning",
	batchSize,
	learningRate: 1,
	seedIndex,
	seed: 0,
	cap: 10,
	until: "goal",
	curves: false,
	probe: false,
});
const scripts = fileURLToPath(new URL("../fixtures/scripts", import.meta.url));
const never = new AbortController().signal;

const open: Executor[] = [];
afterEach(async () => {
	for (const executor of open.splice(0)) await executor.close();
});
const kinds: readonly (readonly [string, () => Promise<Executor>])[] = [
	["inline", async () => inlineExecutor(await createTrainer())],
	["inline with three trainers", async () => inlineExecutor(...(await Promise.all([createTrainer(), createTrainer(), createTrainer()])))],
	[
		"scripts",
		async () => (await scriptRuns(["python3", join(scripts, "odd.py"), "{batchSize}", "{learningRate}"], { workers: 2 })).executor,
	],
	["workers", async () => workersExecutor(closedFormStudy(4), module, 2)],
];

describe.each(kinds)("%s executor", (kind, create) => {
	const start = async (): Promise<Executor> => {
		const executor = await create();
		open.push(executor);
		return executor;
	};

	test("runs more trials than it has slots, and gives each its own result", async () => {
		const executor = await start();
		const results = await Promise.all(Array.from({ length: 7 }, (_, i) => resultOf(executor.run(trial(i % 2 === 0 ? 1 : 10, i), never))));
		expect(results.map(({ steps }) => steps)).toEqual([1, 10, 1, 10, 1, 10, 1]);
	});

	test("cancels what runs within 100 ms, and what waits at once", async () => {
		const executor = await start();
		await executor.run(trial(1), never); // its trainer is up
		const controller = new AbortController();
		const running = Array.from({ length: executor.slots }, () => executor.run(trial(2), controller.signal));
		const waiting = executor.run(trial(1, 1), controller.signal);
		await new Promise((resolve) => setTimeout(resolve, 50));
		const asked = performance.now();
		controller.abort();
		const results = await Promise.all([...running, waiting]);
		// The promise is 100 ms; the rest is for a machine that is busy with other things.
		expect(performance.now() - asked).toBeLessThan(2000);
		expect(results.map(({ outcome }) => outcome)).toEqual([...running.map(() => "cancelled"), "cancelled"]);
		expect((await executor.run(trial(1, 2), never)).outcome).toBe("reached");
	});

	test("a trial whose signal is aborted already is cancelled, and never runs", async () => {
		const executor = await start();
		expect((await executor.run(trial(3), AbortSignal.abort())).outcome).toBe("cancelled");
	});

	test("a trainer that throws fails its own trial only", async () => {
		const executor = await start();
		const [failed, reached] = await Promise.all([executor.run(trial(3), never), executor.run(trial(1), never)]);
		expect(failed).toMatchObject({ outcome: "failed", message: expect.stringContaining("internal: odd") });
		expect(reached.outcome).toBe("reached");
	});

	test("reports the looks of a running trial as they come: each once, in order, and as the result has them", async () => {
		const executor = await start();
		const steps: number[] = [];
		const looks: Evaluation[] = [];
		let calls = 0;
		const result = await resultOf(
			executor.run(trial(500), never, ({ step, evaluations }) => {
				calls++;
				steps.push(step);
				looks.push(...evaluations);
			}),
		);
		expect(looks.length).toBeGreaterThan(0);
		expect(looks).toEqual(result.evaluations.slice(0, looks.length));
		expect(steps).toEqual([...steps].sort((a, b) => a - b));
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(steps).toHaveLength(calls); // none follows the result
	});

	const inThreads = kind === "workers";
	if (inThreads)
		test("a thread that dies fails its trial, and another takes its place", async () => {
			const executor = await start();
			const [died, ...others] = await Promise.all([4, 1, 1, 10, 1].map((size, i) => executor.run(trial(size, i), never)));
			expect(died).toMatchObject({ outcome: "failed", message: "its worker thread died: exit code 7" });
			expect(others.map(({ outcome }) => outcome)).toEqual(["reached", "reached", "reached", "reached"]);
		});

	if (inThreads)
		test("a trial that never looks whether it must stop is cancelled too, and its thread replaced", async () => {
			const executor = workersExecutor(closedFormStudy(4), module, 1);
			open.push(executor);
			await executor.run(trial(1), never);
			const controller = new AbortController();
			const stuck = executor.run(trial(5), controller.signal);
			const next = executor.run(trial(1, 1), never);
			await new Promise((resolve) => setTimeout(resolve, 50));
			const asked = performance.now();
			controller.abort();
			expect((await stuck).outcome).toBe("cancelled");
			expect(performance.now() - asked).toBeLessThan(2000);
			expect((await next).outcome).toBe("reached");
		});

	if (inThreads)
		test("a trial that is stuck runs out of its time, where it has a limit", async () => {
			const study = closedFormStudy(4);
			const executor = workersExecutor({ ...study, limits: { ...study.limits, seconds: 0.1 } }, module, 1);
			open.push(executor);
			const stuck = await executor.run(trial(5), never);
			expect(stuck).toMatchObject({ outcome: "timed out", message: "longer than 0.1 s without a word" });
			expect((await executor.run(trial(1), never)).outcome).toBe("reached");
		});

	if (inThreads)
		test("a trainer that can't be made is an error, not a result", async () => {
			const executor = workersExecutor(closedFormStudy(4), new URL("../fixtures/nowhere.mjs", import.meta.url).href, 1);
			open.push(executor);
			await expect(executor.run(trial(1), never)).rejects.toThrow(
				/internal: a worker thread could not start its trainer: Cannot find module/,
			);
		});
});

test("a limit of seconds beyond what a timer can wait for ends no trial at its beginning", async () => {
	const executor = workersExecutor({ ...closedFormStudy(4), limits: { epochs: 1, steps: 10, seconds: 3_000_000 } }, module, 1);
	open.push(executor);
	expect((await resultOf(executor.run(trial(10), never))).outcome).toBe("reached");
});
