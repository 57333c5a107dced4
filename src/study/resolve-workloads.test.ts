import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { facts, minimal, problems } from "../../test/fixtures/resolving.js";
import { SweetspotError } from "../core/errors.js";
import type { DataFacts } from "../data/source.js";
import { resolveStudy, studyHash } from "./resolve.js";

describe("an oracle", () => {
	const stream: DataFacts = { train: 1024, validation: 0, test: 0, features: 32, classes: 0, sha256: "0" };
	const oracle = (workload: string, goal = "{ metric: train.loss, atMost: 0.1 }") =>
		resolveStudy(parse(`{ version: 1, workload: ${workload}, goal: ${goal} }`), async () => stream);

	test("brings its model and loss, and a stream is drawn with replacement", async () => {
		const { workload, batchSizes } = await oracle("{ data: quadratic }");
		expect(workload).toEqual({
			data: { name: "quadratic", dimensions: 32, condition: 100, noise: 1, examples: 1024 },
			sampler: "with-replacement",
			lastBatch: "drop",
			optimizer: { name: "sgd", momentum: 0 },
		});
		expect(batchSizes.at(-1)).toBe(1024);
	});

	test.each([
		["{ data: least-squares }", { name: "least-squares", examples: 640, dimensions: 16, noise: 1, penalty: 0, seed: 0 }],
		[
			"{ data: { least-squares: { penalty: 1 } } }",
			{ name: "least-squares", examples: 640, dimensions: 16, noise: 1, penalty: 1, seed: 0 },
		],
		["{ data: logistic }", { name: "logistic", examples: 640, dimensions: 16, noise: 1, penalty: 0.01, seed: 0 }],
		["{ data: { logistic: { seed: 3 } } }", { name: "logistic", examples: 640, dimensions: 16, noise: 1, penalty: 0.01, seed: 3 }],
	])("%s has its defaults, and either sampler", async (workload, data) => {
		expect((await oracle(workload)).workload).toMatchObject({ data, sampler: "reshuffle" });
	});

	test.each([
		[
			"{ data: quadratic, model: [relu], init: he-normal, reduction: mean, sampler: reshuffle, averaging: 0.1 }",
			"{ metric: train.accuracy, atLeast: 0.9 }",
			[
				"workload.model: quadratic brings its own model and loss: leave `model` out",
				"workload.init: quadratic brings its own model and loss: leave `init` out",
				"workload.reduction: quadratic brings its own model and loss: leave `reduction` out",
				"workload.averaging: quadratic is evaluated at its weights as they are: leave `averaging` out",
				"workload.sampler: quadratic draws every example anew: leave `sampler` out, or use `with-replacement`",
				"goal.metric: found train.accuracy, but quadratic has only train.loss",
			],
		],
		[
			"{ data: least-squares }",
			"{ metric: validation.error, atMost: 0.1 }",
			["goal.metric: found validation.error, but least-squares has only train.loss, validation.loss"],
		],
		[
			"{ data: { quadratic: { dimension: 3 } } }",
			"{ metric: train.loss, atMost: 0.1 }",
			["workload.data.quadratic.dimension: unknown key (did you mean `dimensions`?); known here: dimensions, condition, noise, examples"],
		],
		["{ data: blobs }", "{ metric: train.loss, atMost: 0.1 }", ["workload.model: missing, expected a list"]],
	])("%s: what doesn't go with it is listed", async (workload, goal, expected) => {
		expect(await problems(`{ version: 1, workload: ${workload}, goal: ${goal} }`)).toEqual(expected);
	});

	test("quadratic has no validation set to compare comparisons on", async () => {
		const goal = "{ metric: train.loss, atMost: 0.1 }";
		expect(await problems(`{ version: 1, workload: { data: quadratic }, goal: ${goal}, comparisons: {} }`)).toEqual([
			"comparisons: they compare the metric on the validation set, and quadratic has none: leave `comparisons` out",
		]);
	});
});

describe("data of one's own", () => {
	const withData = (data: string) => minimal.replace("data: digits", `data: ${data}`);
	const resolveIn = (data: string, folder = "/here") =>
		resolveStudy(parse(withData(data)), async () => facts, {
			locate: (path) => `${folder}/${path}`,
			findModule: () => Promise.reject(new Error("no modules here")),
		});

	test.each([
		["{ csv: a.csv, label: y }", { name: "csv", file: "/here/a.csv", label: "y", split: null, normalize: "none", separator: null }],
		[
			"{ csv: a.csv, label: y, split: s, normalize: range, separator: tab }",
			{ name: "csv", file: "/here/a.csv", label: "y", split: "s", normalize: "range", separator: "tab" },
		],
		["{ idx: mnist }", { name: "idx", folder: "/here/mnist" }],
		["fashion-mnist", { name: "fashion-mnist" }],
		["mnist", { name: "mnist" }],
		["{ npz: a.npz }", { name: "npz", file: "/here/a.npz", arrays: null, normalize: "none" }],
		[
			"{ npz: a.npz, features: x, labels: t, normalize: range }",
			{ name: "npz", file: "/here/a.npz", arrays: { features: "x", labels: "t" }, normalize: "range" },
		],
		["{ npy: x.npy, labels: y.npy }", { name: "npy", features: "/here/x.npy", labels: "/here/y.npy", normalize: "none" }],
		["moons", { name: "moons", examples: 1000, noise: 0.2, seed: 0 }],
		["{ circles: { ratio: 0.3 } }", { name: "circles", examples: 1000, noise: 0.1, ratio: 0.3, seed: 0 }],
		["{ spirals: { arms: 5 } }", { name: "spirals", examples: 1000, noise: 0.03, arms: 5, turns: 1.5, seed: 0 }],
	])("%s", async (data, source) => expect((await resolveIn(data)).workload).toMatchObject({ data: source }));

	test.each([
		["{ csv: a.csv }", "workload.data.label: missing, expected a text"],
		["{ csv: a.csv, label: y, normalise: range }", "workload.data.normalise: unknown key (did you mean `normalize`?); known here: "],
		["{ csv: a.csv, label: y, normalize: log }", 'workload.data.normalize: found "log", expected one of "none", "standardize", "range"'],
		["{ csv: 5, label: y }", "workload.data.csv: found 5, expected a text"],
		["{ idx: mnist, split: s }", "workload.data.split: unknown key"],
		["emnist", 'workload.data: found "emnist", expected `digits`, `tutorial-blobs`, `fashion-mnist`, `mnist`, `blobs`, '],
		["{ hdf5: a.h5 }", 'workload.data: found {"hdf5":"a.h5"}, expected `digits`, '],
		["{ npz: a.npz, features: x }", "workload.data.labels: missing, expected both arrays, `features` and `labels`, or neither"],
		["{ npy: x.npy }", "workload.data.labels: missing, expected a text"],
		["{ spirals: { arms: 1 } }", "workload.data.spirals.arms: found 1, expected at least 2"],
	])("%s: %s", async (data, problem) => expect((await problems(withData(data)))[0]).toContain(problem));

	test.each(["{ csv: a.csv, label: y }", "{ idx: mnist }", "{ npz: a.npz }", "{ npy: x.npy, labels: y.npy }"])(
		"%s: the hash is of what it holds, not of where it lies",
		async (data) => {
			const study = await resolveIn(data);
			expect(studyHash(await resolveIn(data, "/elsewhere"))).toBe(studyHash(study));
			expect(studyHash({ ...study, data: { ...facts, sha256: "1" } })).not.toBe(studyHash(study));
		},
	);
});

describe("a trainer of one's own", () => {
	const own = `
version: 1
workload: { trainer: ./mine.mjs, examples: 500 }
goal: { metric: validation.accuracy, atLeast: 0.9 }
`;
	const find =
		(folder: string, sha256 = "abc") =>
		(yaml: string) =>
			resolveStudy(parse(yaml), async () => facts, {
				locate: (path) => path,
				findModule: async (path) => ({ file: `${folder}/${path}`, sha256 }),
			});

	test("is known by its module's place, its content, and the number of examples its author gives", async () => {
		const { workload, data, batchSizes } = await find("/here")(own);
		expect(workload).toEqual({ trainer: "/here/./mine.mjs", examples: 500 });
		expect(data).toEqual({ train: 500, validation: 0, test: 0, features: 0, classes: 0, sha256: "abc" });
		expect(batchSizes.at(-1)).toBe(500);
	});

	test("is the same study elsewhere, and another once it is edited", async () => {
		const hash = async (folder: string, sha256: string) => studyHash(await find(folder, sha256)(own));
		expect(await hash("/there", "abc")).toBe(await hash("/here", "abc"));
		expect(await hash("/here", "abd")).not.toBe(await hash("/here", "abc"));
	});

	test.each([
		["examples: 500", "examples: -5", "workload.examples: found -5, expected at least 1"],
		["examples: 500", "exmaples: 500", "workload.exmaples: unknown key (did you mean `examples`?); known here: trainer, examples"],
		[
			"examples: 500 }",
			"examples: 500, model: [relu] }",
			"workload.model: unknown key (did you mean `hold`?); known here: trainer, examples, lastBatch, hold",
		],
		["./mine.mjs", "7", "workload.trainer: found 7, expected a text"],
	])("with %j changed to %j: the error is about that, and about no other kind of workload", async (from, to, message) => {
		const error: unknown = await find("/here")(own.replace(from, to)).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(SweetspotError);
		expect((error as SweetspotError).detail).toContain(message);
		expect((error as SweetspotError).detail).not.toContain("data");
	});

	test("can't be loaded where there are no modules", async () => {
		await expect(resolveStudy(parse(own), async () => facts)).rejects.toThrow(/no such trainer: .\/mine.mjs/);
	});
});
