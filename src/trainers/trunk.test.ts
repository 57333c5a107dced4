import { describe, expect, test } from "vitest";
import { trialSpec } from "../../test/fixtures/oracle-study.js";
import { Continuations } from "../core/continuation.js";
import type { TrialResult, TrialSpec } from "../core/trial.js";
import { factsAbout } from "../data/load.js";
import type { Trainer } from "../study/contracts.js";
import { constantShare } from "../study/horizon/constant-share.js";
import { resolveStudy } from "../study/resolve.js";
import type { TrainableStudy } from "../study/study.js";
import { createTrainer } from "./node.js";
import { readBytes } from "./read-bytes.js";

const stableDecay = { "stable-decay": { cooldown: 0.2, to: 0 } };

const network = {
	data: { blobs: { examples: 300, classes: 3, features: 2, spread: 2 } },
	model: [{ dense: 8 }, "relu", { dropout: 0.25 }, { dense: 3 }],
	lastBatch: "keep",
	optimizer: { name: "adamw" },
	gradient: { noise: { variance: 0.001 } },
	averaging: 0.1,
};

const studyOf = (workload: Readonly<Record<string, unknown>>): Promise<TrainableStudy> =>
	resolveStudy(
		{
			version: 1,
			workload,
			goal: { metric: "train.loss", best: "lowest", horizon: { steps: 400 }, give: 0.01 },
			batchSizes: [8],
		},
		(source) => factsAbout(source, readBytes),
	);

const ofLength = (cap: number): TrialSpec =>
	trialSpec({ phase: "horizon tuning", batchSize: 8, learningRate: 2 ** -6, seed: 3, cap, until: "cap" });

/** Trainings of these lengths, one after the other, each from the furthest place that an earlier one left. */
async function trained(trainer: Pick<Trainer, "train">, lengths: readonly number[], continuations = new Continuations()) {
	const results: TrialResult[] = [];
	for (const trial of lengths.map(ofLength))
		for await (const { result, continuation } of trainer.train(trial, { stopped: false }, continuations.take(trial))) {
			if (continuation) continuations.keep(continuation);
			if (result) results.push(result);
		}
	return results;
}

/** All of a result but the seconds and what was not trained again. */
const bits = ({ seconds: _, before: __, ...rest }: TrialResult) => rest;

const stepsBefore = (results: readonly TrialResult[]) => results.map(({ before }) => before?.steps ?? 0);

const schedules = {
	"warm-up and cooldown": { warmUp: { steps: 30 }, learningRate: stableDecay },
	"warm-up in examples": { warmUp: { examples: 300 }, learningRate: stableDecay },
	"a step at half of the length": { learningRate: { step: { factor: 0.1, horizon: [0.5, 0.75] } } },
	"no end": { learningRate: { cosine: { epochs: 5, to: 0 } } },
};

describe.each(Object.entries(schedules))("%s", (_, schedule) => {
	test.each([
		["a network with dropout, noise, averaged weights and partial batches", network],
		["an oracle", { data: "quadratic", optimizer: { name: "adam" } }],
	])("of %s: lengths share their constant part, to the same bits, in any order", async (_, workload) => {
		const study = await studyOf({ ...workload, schedule });
		const lengths = [50, 100, 141, 200, 75, 400, 99];
		const trainer = await createTrainer(study);
		const whole: TrialResult[] = [];
		for (const length of lengths) whole.push(...(await trained(trainer, [length])));
		const branched = await trained(trainer, lengths);
		expect(branched.map(bits)).toEqual(whole.map(bits));
		expect(branched.filter(({ before }) => before !== undefined)).toHaveLength(6);
	});
});

test.each([
	["a cooldown over the last fifth", schedules["warm-up and cooldown"], 0.8],
	["a step at half of the length", schedules["a step at half of the length"], 0.5],
	["a schedule without an end", schedules["no end"], 1],
	["a warm-up that scales with the length", { warmUp: { horizon: 0.05 }, learningRate: stableDecay }, 0],
	["a cosine", { learningRate: { cosine: { horizon: 1, to: 0 } } }, 0],
	["a cooldown over nearly all", { learningRate: { "stable-decay": { cooldown: 0.95, to: 0 } } }, 0],
])("%s: so much of a training is common to longer ones", async (_, schedule, share) => {
	const study = await studyOf({ ...network, schedule });
	expect(constantShare(study.workload)).toBeCloseTo(share, 12);
	const [, longer] = await trained(await createTrainer(study), [200, 400]);
	expect(Math.abs((longer.before?.steps ?? 0) - 200 * share)).toBeLessThanOrEqual(1);
});

test("a training begins at the furthest place that fits its length; others may begin there later", async () => {
	const trainer = await createTrainer(await studyOf({ ...network, schedule: schedules["warm-up and cooldown"] }));
	expect(stepsBefore(await trained(trainer, [50, 100, 200, 75, 400]))).toEqual([0, 41, 81, 41, 161]);
	expect(stepsBefore(await trained(trainer, [400, 50, 100]))).toEqual([0, 0, 41]);
	// Without memory for what is left, all begin anew.
	expect(stepsBefore(await trained(trainer, [50, 100, 200], new Continuations(0)))).toEqual([0, 0, 0]);
});

test("runs that are looked at in full have one length, and leave nothing", async () => {
	const study = await studyOf({ ...network, schedule: schedules["warm-up and cooldown"] });
	const trainer = await createTrainer(study);
	for (const other of [{ curves: true }, { probe: true }, { phase: "epochs reporting" } as const])
		for await (const { continuation } of trainer.train({ ...ofLength(50), ...other }, { stopped: false }))
			expect(continuation).toBeUndefined();
});
