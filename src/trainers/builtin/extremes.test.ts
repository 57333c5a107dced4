import { describe, expect, test } from "vitest";
import { resultOf, trialSpec } from "../../../test/fixtures/oracle-study.js";
import { Rng } from "../../core/rng.js";
import type { Dataset } from "../../data/dataset.js";
import { resolveStudy } from "../../study/resolve.js";
import type { NetworkWorkload, TrainableStudy } from "../../study/study.js";
import { trainerOn } from "../trainer.js";
import { BuiltinMachinery } from "./machinery.js";

const examples = 40;

/** Two classes told apart by the sign of the first of two features, each feature of this size. */
function dataOf(size: number): Dataset {
	const rng = Rng.fromSeed(1);
	const set = () => {
		const draws = Float64Array.from({ length: 2 * examples }, () => rng.normal());
		const labels = Int32Array.from({ length: examples }, (_, i) => (draws[2 * i] > 0 ? 1 : 0));
		return { count: examples, features: Float32Array.from(draws, (draw) => size * draw), labels };
	};
	return { width: 2, classes: 2, train: set(), validation: set(), test: null };
}

async function built(size: number, model: readonly unknown[] = [{ dense: 8 }, "relu", { dense: 2 }]) {
	const facts = { train: examples, validation: examples, test: 0, features: 2, classes: 2, sha256: "0" };
	const study = (await resolveStudy(
		{ version: 1, workload: { data: "blobs", model }, goal: { metric: "validation.accuracy", atLeast: 1 }, batchSizes: [4] },
		async () => facts,
	)) as TrainableStudy;
	return { study, machinery: new BuiltinMachinery(study, study.workload as NetworkWorkload, dataOf(size)) };
}

const never = { stopped: false };
const spec = trialSpec({ batchSize: 4, learningRate: 0.125, seed: 3, cap: 200, until: "cap" });

describe("inputs", () => {
	test.each([2 ** -126, 2 ** -140, 2 ** -149, 0])("of size %d, denormal or nothing, train: every number stays one", async (size) => {
		const { study, machinery } = await built(size);
		const { outcome, steps, evaluations } = await resultOf(trainerOn(machinery, study), spec);
		expect([outcome, steps]).toEqual(["missed", 200]);
		for (const { metrics } of evaluations) for (const value of Object.values(metrics)) expect(value).toBeTypeOf("number");
		expect(machinery.network.parameters.every(Number.isFinite)).toBe(true);
		// Nothing tells the classes apart but what is lost in rounding: the loss is that of their shares.
		const { labels } = dataOf(size).train;
		const share = labels.filter((label) => label === 1).length / examples;
		const entropy = -(share * Math.log(share) + (1 - share) * Math.log(1 - share));
		// The noise of mini-batches of four at this rate keeps the biases off their optimum.
		expect(Math.abs((machinery.evaluate("train")?.loss ?? Number.NaN) - entropy)).toBeLessThan(0.2);
	});

	test.each([1e18, 1e30, 3e37])("of size %d are taken, or the run diverges at the very step whose loss is no number", async (size) => {
		const { study, machinery } = await built(size);
		const { outcome, steps, message } = await resultOf(trainerOn(machinery, study), spec);
		machinery.begin(4, Rng.fromSeed(spec.seed));
		let step = 1;
		while (step < 200 && Number.isFinite(machinery.step(0.125, never)?.loss)) step++;
		if (step < 200)
			expect({ outcome, steps, message: message?.replace(/.* (at|after) step/, "") }).toEqual({
				outcome: "diverged",
				steps: step,
				message: ` ${step}`,
			});
		else expect(outcome).not.toBe("diverged");
	});
});

test("batch 1 under batch normalization of images has a variance, that of its pixels; of features it is refused beforehand", async () => {
	await expect(built(1, [{ dense: 8 }, "batch-norm", "relu", { dense: 2 }])).resolves.toBeDefined();
	const facts = { train: examples, validation: examples, test: 0, features: 2, classes: 2, sha256: "0" };
	const study = { version: 1, goal: { metric: "validation.accuracy", atLeast: 1 }, batchSizes: [1, 4] };
	const workload = { data: "blobs", model: [{ dense: 8 }, "batch-norm", "relu", { dense: 2 }] };
	await expect(resolveStudy({ ...study, workload }, async () => facts)).rejects.toThrow(
		"batchSizes[0]: batch size 1 under batch-norm: a single example has no variance",
	);
	const ghosts = { ...workload, model: [{ conv: 2, size: 2 }, "batch-norm", { dense: 2 }] };
	const image = { ...facts, features: 16, image: { height: 4, width: 4, channels: 1 } };
	await expect(resolveStudy({ ...study, workload: ghosts }, async () => image)).resolves.toBeDefined();
});
