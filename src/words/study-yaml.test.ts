import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import type { NetworkSource, OracleSource } from "../data/sources/table.js";
import { resolveStudy } from "../study/resolve.js";
import type { NetworkWorkload, Study } from "../study/study.js";
import { studyYaml } from "./study-yaml.js";

const { study } = exampleStudy("found", 'it\'s <b>: "#1"').stored;
const network = ({ workload }: Study): NetworkWorkload => {
	if (!("model" in workload)) throw new Error("the example study trains a network");
	return workload;
};
const again = (of: Study) => resolveStudy(parse(studyYaml(of)), async () => of.data);

describe("studyYaml", () => {
	test("says which seeds a small budget takes, and resolves to the same study again", async () => {
		const small = { ...study, budget: { trials: 40, seconds: null } };
		expect(studyYaml(small)).toContain("\n# Under this budget every setting has one run, and the best ones have more.\nseeds: ");
		expect(studyYaml(study)).not.toContain("budget every setting");
		expect(await again(small)).toEqual(small);
	});

	test("resolves to the same study again", async () => expect(await again(study)).toEqual(study));

	test.each<OracleSource>([
		{ name: "quadratic", dimensions: 3, condition: 10, noise: 0.5, examples: 64 },
		{ name: "least-squares", examples: 100, dimensions: 4, noise: 0, penalty: 0.1, seed: 3 },
		{ name: "logistic", examples: 100, dimensions: 4, noise: 1, penalty: 0.1, seed: 3 },
	])("also with $name, which brings its own model", async (data) => {
		const { lastBatch, optimizer } = network(study);
		const oracle: Study = {
			...study,
			workload: { data, sampler: "with-replacement", lastBatch, optimizer },
			goal: { metric: "train.loss", atMost: 0.25 },
			batchSizes: [1, 8, 64],
		};
		expect(await again(oracle)).toEqual(oracle);
	});

	test("also with an optimizer, schedules and shaped gradients", async () => {
		const other: Study = {
			...study,
			workload: {
				...network(study),
				optimizer: { name: "sgd", momentum: 0.9, nesterov: true, weightDecay: 1e-4 },
				gradient: { clipNorm: 1, noise: { variance: 0.01, decay: 0.55 } },
				schedule: { warmUp: { steps: 10 }, learningRate: { step: { factor: 0.1, epochs: [30, 60] } } },
			},
		};
		expect(await again(other)).toEqual(other);
	});

	test.each<NetworkSource>([
		{ name: "fashion-mnist" },
		{ name: "idx", folder: "/data/mnist" },
		{ name: "csv", file: "/data/a b.csv", label: "y", split: null, normalize: "range", separator: null },
		{ name: "csv", file: "/data/a.csv", label: "y: z", split: "set", normalize: "none", separator: "semicolon" },
	])("also with data from $name", async (data) => {
		const other: Study = { ...study, workload: { ...network(study), data } };
		expect(await again(other)).toEqual(other);
	});

	test("also of a script that doesn't say how many examples it has", async () => {
		const workload = { command: ["python3", "train.py"], directory: "/work", grace: 2 };
		const files = { findCommand: async () => ({ sha256: "0", files: [], readsTrial: true }) };
		const written = { version: 1, workload, goal: { metric: "train.loss", atMost: 1 }, batchSizes: [8, 16] };
		const factsOf = () => Promise.reject(new Error("a script keeps its data to itself"));
		const script = await resolveStudy(written, factsOf, files);
		expect(await resolveStudy(parse(studyYaml(script)), factsOf, files)).toEqual(script);
	});

	test("also with everything that has another form in the file", async () => {
		const blobs = { name: "blobs", examples: 900, classes: 10, features: 3, spread: 1.5 } as const;
		const other: Study = {
			...study,
			workload: { ...network(study), data: blobs, model: [{ kind: "dense", units: 10, init: "glorot-normal" }] },
			goal: { metric: "train.loss", atMost: 0.25 },
			limits: { ...study.limits, seconds: 20 },
			budget: { trials: 100, seconds: 600 },
		};
		expect(await again(other)).toEqual(other);
	});
});
