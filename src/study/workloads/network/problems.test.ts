import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { DataFacts } from "../../../data/source.js";
import { resolveStudy } from "../../resolve.js";
import type { NetworkWorkload } from "../../study.js";

const counts = { train: 800, validation: 200, test: 0, features: 4, sha256: "0" };
const classes = (number: number): DataFacts => ({ ...counts, classes: number });
const targets = (number: number): DataFacts => ({ ...counts, classes: 0, targets: number });

const study = (model: string, more = "", goal = "{ metric: validation.loss, atMost: 0.5 }") =>
	parse(`{ version: 1, workload: { data: blobs, model: ${model}${more && `, ${more}`} }, goal: ${goal} }`) as unknown;
const problem = async (input: unknown, facts: DataFacts) =>
	((await resolveStudy(input, async () => facts).catch((error: Error) => error)) as Error).message;

describe("a network's study", () => {
	test("takes every layer and loss it lists, with its defaults", async () => {
		const layers = "[{ dense: 8 }, leaky-relu, { leaky-relu: 0.2 }, tanh, sigmoid, gelu, relu, { dropout: 0.5 }, { dense: 3 }]";
		const { workload } = await resolveStudy(study(layers, "labelSmoothing: 0.1, averaging: 0.1"), async () => classes(3));
		expect(workload as NetworkWorkload).toMatchObject({
			labelSmoothing: 0.1,
			averaging: 0.1,
			model: [
				{ kind: "dense", units: 8 },
				{ kind: "leaky-relu", slope: 0.01 },
				{ kind: "leaky-relu", slope: 0.2 },
				...[{ kind: "tanh" }, { kind: "sigmoid" }, { kind: "gelu" }, { kind: "relu" }],
				{ kind: "dropout", rate: 0.5 },
				{ kind: "dense", units: 3 },
			],
		});
		for (const [model, loss, facts] of [
			["[{ dense: 1 }]", "loss: binary-cross-entropy", classes(2)],
			["[{ dense: 2 }, tanh]", "loss: mean-squared-error", targets(2)],
		] as const)
			await expect(resolveStudy(study(model, loss), async () => facts)).resolves.toBeDefined();
	});

	test("with normalizations and residuals asks for batches they can have", async () => {
		const model = "[{ dense: 8 }, { residual: [batch-norm, { dense: 8 }, { batch-norm: { ghost: 16 } }] }, layer-norm, { dense: 3 }]";
		const at = (sizes: string, more: Partial<DataFacts> = {}) => {
			const input = parse(
				`{ version: 1, workload: { data: blobs, model: ${model} }, goal: { metric: train.loss, atMost: 1 }, ${sizes} }`,
			) as unknown;
			return { input, facts: { ...classes(3), ...more } };
		};
		const fine = at("batchSizes: { from: 2 }");
		expect(((await resolveStudy(fine.input, async () => fine.facts)).workload as NetworkWorkload).model[1]).toEqual({
			kind: "residual",
			layers: [{ kind: "batch-norm" }, { kind: "dense", units: 8 }, { kind: "batch-norm", ghost: 16 }],
		});
		for (const [sizes, path] of [
			["seed: 1", "batchSizes"],
			["batchSizes: { to: 64 }", "batchSizes.from"],
			["batchSizes: [8, 1]", "batchSizes[1]"],
		]) {
			const { input, facts } = at(sizes);
			expect(await problem(input, facts)).toContain(`${path}: batch size 1 under batch-norm: a single example has no variance`);
		}
		const huge = at("batchSizes: { from: 2 }", { train: 20_000_000 });
		expect(await problem(huge.input, huge.facts)).toMatch(/batchSizes.to: batch size 20000000 needs [\d.]+ GB under batch-norm.*ghost: 64/);
	});

	test("on images takes convolutions and pools, and keeps no shape of them", async () => {
		const image = { height: 8, width: 8, channels: 1 };
		const facts = { ...classes(10), features: 64, image };
		const first = "{ conv: 4, padding: 1 }, relu, { max-pool: 2 }, { conv: 6, size: 2, stride: 2, init: glorot-normal }";
		const resolved = await resolveStudy(study(`[${first}, { average-pool: 2, stride: 1 }, flatten, { dense: 10 }]`), async () => facts);
		expect(resolved.data).toEqual({ ...classes(10), features: 64 });
		expect((resolved.workload as NetworkWorkload).model).toEqual([
			{ kind: "conv", filters: 4, size: 3, stride: 1, padding: 1 },
			{ kind: "relu" },
			{ kind: "max-pool", size: 2, stride: 2 },
			{ kind: "conv", filters: 6, size: 2, stride: 2, padding: 0, init: "glorot-normal" },
			{ kind: "average-pool", size: 2, stride: 1 },
			{ kind: "flatten" },
			{ kind: "dense", units: 10 },
		]);
		expect(await problem(study("[{ conv: 4 }, { conv: 4, size: 7 }, { dense: 10 }]"), facts)).toContain(
			"workload.model: layer 2 (conv) has windows of 7×7, its input is 6×6×4: change workload.model, layer 2 (conv): use a smaller size",
		);
		expect(await problem(study("[{ conv: 4 }, { dense: 3 }]"), classes(3))).toContain(
			"layer 1 (conv) has windows of 3×3, its input is 4 features: change workload.model, layer 1 (conv): windows need an image",
		);
		expect(await problem(study("[{ conv: 4 }, global-average-pool]"), facts)).toContain(
			"workload.model[1]: the last layer is global-average-pool of 4, but the data has 10 classes",
		);
	});

	test.each([
		[
			"[{ dense: 4 }]",
			"",
			classes(3),
			"workload.model[0]: the last layer is dense of 4, but the data has 3 classes: end with `{ dense: 3 }`",
		],
		["[{ dense: 3 }, gelu]", "", classes(3), "workload.model[1]: the last layer is gelu, but the data has 3 classes"],
		["[{ dense: 2 }]", "loss: binary-cross-entropy", classes(2), "the last layer is dense of 2, but binary-cross-entropy takes one logit"],
		["[{ dense: 1 }]", "loss: binary-cross-entropy", classes(3), "workload.loss: found binary-cross-entropy, which is for two classes"],
		["[{ dense: 3 }]", "loss: mean-squared-error", classes(3), "workload.loss: found mean-squared-error, but the data has 3 classes"],
		["[{ dense: 1 }]", "", targets(1), "workload.loss: found softmax-cross-entropy, but the data has no classes: use mean-squared-error"],
		["[{ dense: 1 }]", "loss: mean-squared-error", targets(2), "the last layer is dense of 1, but the data has 2 targets"],
		[
			"[{ dense: 1 }]",
			"loss: binary-cross-entropy, labelSmoothing: 0.1",
			classes(2),
			"workload.labelSmoothing: binary-cross-entropy has no labels to smooth",
		],
		["[{ dropout: 1 }, { dense: 3 }]", "", classes(3), "workload.model[0].dropout: found 1, expected less than 1"],
		["[{ dense: 3 }]", "labelSmoothing: 1", classes(3), "workload.labelSmoothing: found 1, expected less than 1"],
		["[{ dense: 3 }]", "averaging: 0", classes(3), "workload.averaging: found 0, expected more than 0"],
		[
			"[{ residual: [{ batch-norm: { ghost: 4 } }] }, { dense: 3 }]",
			"averaging: 0.1",
			classes(3),
			"workload.averaging: the running statistics of batch-norm are not those of averaged weights: use layer-norm",
		],
	] as const)("%s %s is refused with the reason", async (model, more, facts, words) => {
		expect(await problem(study(model, more), facts)).toContain(words);
	});

	test("on numbers has no accuracy to reach", async () => {
		for (const [goal, set] of [
			["{ metric: validation.accuracy, atLeast: 0.9 }", "validation"],
			["{ metric: train.error, atMost: 0.1 }", "train"],
		]) {
			const words = await problem(study("[{ dense: 1 }]", "loss: mean-squared-error", goal), targets(1));
			expect(words).toContain(
				`goal.metric: found ${parse(goal).metric}, but under mean-squared-error nothing is classified: use ${set}.loss`,
			);
		}
	});
});
