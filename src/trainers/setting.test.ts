import { describe, expect, test } from "vitest";
import { resultOf, trialSpec } from "../../test/fixtures/oracle-study.js";
import { factsAbout } from "../data/load.js";
import { resolveStudy } from "../study/resolve.js";
import { trainerFor } from "./create.js";
import { readBytes } from "./read-bytes.js";

const workloads = {
	network: { data: { blobs: { examples: 60 } }, model: [{ dense: 4 }, "relu", { dense: 3 }] },
	oracle: { data: { quadratic: { dimensions: 4 } } },
};

describe.each(Object.entries(workloads))("a %s", (_, workload) => {
	const trainer = async (optimizer: Readonly<Record<string, unknown>>) => {
		const file = { version: 1, workload: { ...workload, optimizer }, goal: { metric: "train.loss", atMost: 0 } };
		const study = await resolveStudy(file, (source) => factsAbout(source, readBytes));
		return trainerFor(study, readBytes);
	};
	const spec = trialSpec({ batchSize: 8, learningRate: 0.03125, seed: 3, cap: 30, curves: true });
	const curve = async (of: Awaited<ReturnType<typeof trainer>>, setting = {}) => (await resultOf(of, { ...spec, ...setting })).evaluations;

	test.each(["adam", "adamw"])(
		"%s with a half-life in examples is one with the β₂ that this is at the batch size of the trial",
		async (name) => {
			const held = await trainer({ name, beta2: { halfLife: 24 } });
			const at = async (batchSize: number, of: Awaited<ReturnType<typeof trainer>>) =>
				(await resultOf(of, { ...spec, batchSize })).evaluations;
			for (const batchSize of [8, 24, 8]) {
				const beta2 = Number((0.5 ** (batchSize / 24)).toPrecision(12));
				expect(await at(batchSize, held)).toEqual(await at(batchSize, await trainer({ name, beta2 })));
			}
		},
	);

	test.each([
		[{ name: "sgd", momentum: 0.5, weightDecay: 0.25 }, { name: "sgd" }],
		[
			{ name: "sgd", momentum: 0.5, weightDecay: 0.25, nesterov: true },
			{ name: "sgd", nesterov: true },
		],
		[{ name: "adamw", beta1: 0.5, weightDecay: 0.25 }, { name: "adamw" }],
	])(
		"trial with a setting is the trial of a workload that has it, %j, and the next one without has the workload's own again",
		async (having, own) => {
			const plain = await trainer(own);
			const before = await curve(plain);
			const set = await curve(plain, { momentum: 0.5, weightDecay: 0.25 });
			expect(set).toEqual(await curve(await trainer(having)));
			expect(set).not.toEqual(before);
			expect(await curve(plain)).toEqual(before);
		},
	);
});
