import { beforeAll, describe, expect, test } from "vitest";
import { inlineExecutor } from "../../dist/executors/inline.js";
import { workersExecutor } from "../../dist/executors/workers.js";
import { resolveInput } from "../../src/api/resolve-input.js";
import { runOf } from "../../src/api/training-run.js";
import type { Evaluation, TrialSpec } from "../../src/core/trial.js";
import type { Executor } from "../../src/study/contracts.js";
import { seedOf } from "../../src/study/search/seeds.js";
import { trainerFor } from "../../src/trainers/create.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { resultOf } from "../fixtures/result-of.js";
import { chromiumPath } from "./chromium.js";
import { enginePage } from "./engine/host.js";
import type { PageApi } from "./engine/page.js";

declare const sweetspot: PageApi;

/*
 * The promise that everything else rests on, in one place: equal trials give equal bits, wherever and however they run. The network has all
 * that a step can leave behind it: weights, moments, running statistics, generators of dropout and of gradient noise, the place in a
 * shuffled epoch, a schedule. (That a whole study's digest is the same after `kill -9` is test/e2e/kill.test.ts; a run's,
 * test/e2e/train.test.ts.)
 */
const [batchSize, learningRate, steps] = [24, 0.0078125, 150];
const study = await resolveInput(
	{
		version: 1,
		workload: {
			data: "digits",
			model: [
				{ dense: 32 },
				{ "batch-norm": { ghost: 8 } },
				"gelu",
				{ dropout: 0.2 },
				{ residual: [{ dense: 32 }, "tanh"] },
				"layer-norm",
				{ dense: 10 },
			],
			optimizer: { name: "adamw" },
			gradient: { clipNorm: 2, noise: { variance: 0.0001 } },
			schedule: { warmUp: { steps: 20 }, learningRate: { cosine: { epochs: 9 } } },
		},
		goal: { metric: "validation.accuracy", atLeast: 1 },
		batchSizes: [batchSize],
	},
	".",
);
const trial = (seedIndex: number): TrialSpec => ({
	...{ phase: "reporting", batchSize, learningRate, seedIndex, seed: seedOf(study.seed, "reporting", seedIndex) },
	...{ cap: steps, until: "cap", curves: true, probe: seedIndex === 1 },
});
const never = new AbortController().signal;

/** Looks of the first trials, run by this executor at once. */
async function looksBy(executor: Executor, count: number): Promise<readonly (readonly Evaluation[])[]> {
	try {
		const results = await Promise.all(Array.from({ length: count }, (_, i) => resultOf(executor.run(trial(i), never))));
		return results.map(({ evaluations }) => evaluations);
	} finally {
		await executor.close();
	}
}

describe("a trial has the same bits", () => {
	let expected: readonly (readonly Evaluation[])[];
	beforeAll(async () => {
		expected = await looksBy(inlineExecutor(await trainerFor(study, readBytes)), 3);
		expect(expected[0].at(-1)?.step).toBe(steps);
		expect(expected[0].at(-1)?.metrics["train.accuracy"]).toBeGreaterThan(0.5); // it learned something
	}, 60_000);

	test.each([1, 2])(
		"in %i worker threads",
		async (workers) => {
			const module = new URL("../../dist/trainers/node.js", import.meta.url).href;
			expect(await looksBy(workersExecutor(study, module, workers), 3)).toEqual(expected);
		},
		60_000,
	);

	test("from checkpoints, each read by a program that has trained nothing", async () => {
		const settings = { batchSize, learningRate };
		const looks: Evaluation[] = [];
		let from: Uint8Array | undefined;
		for (const until of [31, 77, steps]) {
			const run = await runOf(study, from ? { ...settings, from } : settings);
			for (const look of run.train(until)) if (look) looks.push(look);
			from = run.save();
		}
		const shared = new Set(expected[0].map(({ step }) => step));
		// Where a process ends there is a look more.
		expect(looks.filter(({ step }) => shared.has(step))).toEqual(expected[0]);
	}, 60_000);

	test.skipIf(!chromiumPath)(
		"in a web worker of Chromium's (needs chromium)",
		async () => {
			const host = await enginePage("isolated");
			try {
				const { result } = await host.page.evaluate(([study, trial]) => sweetspot.train(study, trial, false), [study, trial(0)] as const);
				expect(result.evaluations).toEqual(expected[0]);
			} finally {
				await host.close();
			}
		},
		60_000,
	);
});
