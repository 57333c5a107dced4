import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { DataFacts } from "../data/source.js";
import { resolveStudy } from "./resolve.js";
import type { NetworkWorkload } from "./study.js";

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
		const { workload } = await resolveStudy(study(layers, "labelSmoothing: 0.1"), async () => classes(3));
		expect(workload as NetworkWorkload).toMatchObject({
			labelSmoothing: 0.1,
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

	test.each([
		[
			"[{ dense: 4 }]",
			"",
			classes(3),
			"workload.model[0]: the last layer is dense of 4, but the data has 3 classes: end with `{ dense: 3 }`",
		],
		["[{ dense: 3 }, gelu]", "", classes(3), "workload.model[1]: the last layer is gelu, but the data has 3 classes"],
		["[{ dense: 2 }]", "loss: binary-cross-entropy", classes(2), "the last layer is dense of 2, but binary-cross-entropy takes one logit"],
		[
			"[{ dense: 1 }]",
			"loss: binary-cross-entropy",
			classes(3),
			"workload.loss: found binary-cross-entropy, which tells two classes apart",
		],
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
