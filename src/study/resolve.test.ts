import { describe, expect, test } from "vitest";
import { facts, minimal, problems, resolve } from "../../test/fixtures/resolving.js";
import { studyHash } from "./resolve.js";

describe("resolveStudy", () => {
	test("fills in every default", async () => {
		expect(await resolve(minimal)).toEqual({
			version: 1,
			name: "study",
			seed: 0,
			workload: {
				data: { name: "digits" },
				model: [{ kind: "dense", units: 64 }, { kind: "relu" }, { kind: "dense", units: 10 }],
				init: "he-normal",
				loss: "softmax-cross-entropy",
				reduction: "mean",
				sampler: "reshuffle",
				lastBatch: "drop",
				optimizer: { name: "sgd", momentum: 0 },
			},
			data: facts,
			goal: { metric: "validation.accuracy", atLeast: 0.95 },
			batchSizes: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1081],
			looks: { ratio: 1.05, examples: 1024 },
			tune: { learningRate: { from: 0.001, to: 10 } },
			seeds: { tuning: 3, selecting: 4, reporting: 7 },
			limits: { epochs: 100, steps: 5000, seconds: null },
			budget: { trials: null, seconds: null },
			objective: "balanced",
			tolerance: 0.25,
		});
	});

	test.each([
		["{ from: 4, to: 64 }", [4, 8, 16, 32, 64]],
		["{ from: 3, to: 100, factor: 3 }", [3, 9, 27, 81, 100]],
		["{ from: 1000, to: full, factor: 1.02 }", [1000, 1020, 1040, 1061, 1081]],
		["[full, 8, 2, 8]", [2, 8, 1081]],
	])("batchSizes %s are %j", async (asked, sizes) => {
		expect((await resolve(`${minimal}\nbatchSizes: ${asked}`)).batchSizes).toEqual(sizes);
	});

	test("lists all problems at once, each with its path, and the nearest known key", async () => {
		const found = await problems(`
version: 1
seeds: { tunning: 3, reporting: 0 }
workload:
  data: digits
  model: [{ dense: 64, unit: 3 }, rleu, { dense: 12 }]
  optimiser: { name: sgd }
goal: { metric: validation.accuracy, atLeast: 1.5 }
batchSizes: [0, 16, 5000]
`);
		expect(found).toEqual([
			"workload.model[0].unit: unknown key (did you mean `init`?); known here: dense, init",
			'workload.model[1]: found "rleu", expected a layer: `{ dense: UNITS }`, `{ conv: FILTERS, size: 3, stride: 1, padding: 0 }`, `{ max-pool: SIZE }`, `{ average-pool: SIZE }`, `global-average-pool`, `flatten`, `relu`, `leaky-relu`, `{ leaky-relu: SLOPE }`, `tanh`, `sigmoid`, `gelu`, `{ dropout: RATE }`, `batch-norm`, `{ batch-norm: { ghost: SIZE } }`, `layer-norm` or `{ residual: LAYERS }`',
			"workload.optimiser: unknown key (did you mean `optimizer`?); known here: data, model, init, loss, labelSmoothing, reduction, sampler, lastBatch, optimizer, gradient, schedule, averaging",
			"batchSizes[0]: found 0, expected at least 1",
			"seeds.reporting: found 0, expected at least 1",
			"seeds.tunning: unknown key (did you mean `tuning`?); known here: tuning, selecting, reporting",
			"goal.atLeast: found 1.5, expected an accuracy above 0 and at most 1 (95 % is 0.95)",
			"batchSizes[2]: batch size 5000 is larger than the training set of 1081 examples: use at most 1081, or `full`",
			"workload.model[2]: the last layer is dense of 12, but the data has 10 classes: end with `{ dense: 10 }`",
		]);
	});

	test.each([
		[
			"goal: { metric: validation.accuracy, atLeast: 1.5 }",
			"goal.atLeast: found 1.5, expected an accuracy above 0 and at most 1 (95 % is 0.95)",
		],
		["goal: { metric: train.loss, atLeast: 1 }", "goal.atLeast: train.loss is a goal from above: use `atMost`"],
		["goal: { metric: validation.accuracy }", "goal.atLeast: missing: the value the metric must reach"],
		[
			"goal: { metric: validation.accuracy, atLeast: 0.9, horizon: { epochs: 20 } }",
			"goal.horizon: found next to `atLeast`: a goal with a value to reach has no planned length, omit it; or, for the best end of a planned length, say which end is the best (`best`) in place of `atLeast`",
		],
		[
			"goal: { metric: validation.accuracy, atLeast: 0.9, best: highest, horizon: { epochs: 20 }, give: 0.01 }",
			"goal.atLeast: found next to `best`: a goal is a value to reach or the best end, omit one of them",
		],
		[
			"tune: { learningRate: { from: 10, to: 0.1 } }",
			"tune.learningRate: found from 10 to 0.1, expected `from` to be the smaller: swap them",
		],
		["batchSizes: { from: 64, to: 8 }", "batchSizes: found from 64 to 8, expected `from` to be the smaller: swap them"],
		[
			"batchSizes: { from: 2000 }",
			"batchSizes.from: batch size 2000 is larger than the training set of 1081 examples: use at most 1081, or `full`",
		],
		["budget: { cost: 20 }", "pricePerHour: missing: what an hour of the machine costs, for `budget.cost` to become a time"],
		["version: 2", "version: found 2, expected 1"],
		["seed: -1", "seed: found -1, expected at least 0"],
		["seed: 1.5", "seed: found 1.5, expected a whole number"],
		["objective: quick", 'objective: found "quick", expected one of "fastest", "cheapest", "balanced"'],
	])("%s: %s", async (line, problem) => {
		const key = line.slice(0, line.indexOf(":"));
		const rest = minimal.split("\n").filter((other) => !other.startsWith(`${key}:`));
		expect(await problems([...rest, line].join("\n"))).toContain(problem);
	});

	test("says what is missing", async () => {
		expect(await problems("version: 1")).toEqual([
			"workload: missing, expected keys and values: `data` and `model`, or `trainer` and `examples`, or `command`",
			"goal: missing, expected keys and values: metric, atLeast, atMost, best, horizon, give, window",
		]);
	});
});

describe("how weights are updated", () => {
	const workload = async (keys: string) => {
		const study = await resolve(
			`{ version: 1, workload: { data: digits, model: [{ dense: 10 }], ${keys} }, goal: { metric: train.loss, atMost: 0.1 } }`,
		);
		if (!("optimizer" in study.workload)) throw new Error("no network");
		const { optimizer, gradient, schedule } = study.workload;
		return { optimizer, gradient, schedule, hash: studyHash(study) };
	};

	test("each optimizer has PyTorch's defaults", async () => {
		const { optimizer: sgd } = await workload("optimizer: { name: sgd }");
		expect(sgd).toEqual({ name: "sgd", momentum: 0 });
		const { optimizer: adam } = await workload("optimizer: { name: adam }");
		expect(adam).toEqual({ name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
		const { optimizer: adamw } = await workload("optimizer: { name: adamw, beta2: 0.95 }");
		expect(adamw).toEqual({ name: "adamw", beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.01 });
		const { optimizer: rmsprop } = await workload("optimizer: { name: rmsprop, weightDecay: 0.1 }");
		expect(rmsprop).toEqual({ name: "rmsprop", smoothing: 0.99, momentum: 0, epsilon: 1e-8, weightDecay: 0.1 });
		const { optimizer: nesterov } = await workload("optimizer: { name: sgd, momentum: 0.9, nesterov: true }");
		expect(nesterov).toEqual({ name: "sgd", momentum: 0.9, nesterov: true });
	});

	test("what changes nothing is left out", async () => {
		const plain = await workload("optimizer: { name: sgd }");
		expect(
			await workload("optimizer: { name: sgd, nesterov: false }, gradient: {}, schedule: { learningRate: constant, batchSize: constant }"),
		).toEqual(plain);
		expect(await workload("schedule: { warmUp: { steps: 1 } }")).not.toEqual(plain);
	});

	test("schedules and what becomes of the gradient", async () => {
		const { schedule, gradient } = await workload(
			"schedule: { warmUp: { epochs: 0.5 }, learningRate: { cosine: { epochs: 20 } } }, gradient: { clipNorm: 1, noise: { variance: 0.01 } }",
		);
		expect(schedule).toEqual({ warmUp: { epochs: 0.5 }, learningRate: { cosine: { epochs: 20, to: 0 } } });
		expect(gradient).toEqual({ clipNorm: 1, noise: { variance: 0.01, decay: 0.55 } });
		const stepped = await workload("schedule: { learningRate: { step: { factor: 0.1, epochs: [30, 60] } } }");
		expect(stepped.schedule).toEqual({ learningRate: { step: { factor: 0.1, epochs: [30, 60] } } });
	});

	test.each([
		["optimizer: { name: adm }", 'workload.optimizer.name: found "adm", expected `sgd`, `rmsprop`, `adam` or `adamw`'],
		[
			"optimizer: { name: adam, momentum: 0.9 }",
			"workload.optimizer.momentum: unknown key (did you mean `name`?); known here: name, beta1, beta2, epsilon, weightDecay",
		],
		["optimizer: { name: adam, epsilon: 1e-12 }", "workload.optimizer.epsilon: found 1e-12, expected at least 1e-8"],
		[
			"optimizer: { name: sgd, momentum: 0, nesterov: true }",
			"workload.optimizer.nesterov: there is no momentum to look ahead along: leave `nesterov` out, or raise `momentum`",
		],
		[
			"schedule: { learningRate: linear }",
			'workload.schedule.learningRate: found "linear", expected `constant`, `{ step: … }`, `{ cosine: … }`, `{ linear: … }`, `{ stable-decay: … }` or `{ inverse-square-root: … }`',
		],
		[
			"schedule: { learningRate: { cosine: { to: 0 } } }",
			'workload.schedule.learningRate.cosine: found {"to":0}, expected `{ horizon: 1 }`, `{ epochs: 50 }` or `{ steps: 3000 }`, and `to`',
		],
		["schedule: { warmUp: { steps: 0 } }", "workload.schedule.warmUp.steps: found 0, expected at least 1"],
		[
			"schedule: { batchSize: { doubling: { epochs: 5 } } }",
			"objective: with `workload.schedule.batchSize` no two steps take the same time, and only examples can be compared: use `cheapest`",
		],
		["gradient: { clipNorm: 0 }", "workload.gradient.clipNorm: found 0, expected more than 0"],
	])("%s is refused, in words", async (keys, message) => {
		expect(
			await problems(
				`{ version: 1, workload: { data: digits, model: [{ dense: 10 }], ${keys} }, goal: { metric: train.loss, atMost: 0.1 } }`,
			),
		).toEqual([message]);
	});
});

test("weight decay is in the study where there is one; 0 counts as none, and the hash shows it", async () => {
	const optimizer = async (written: string) => {
		const study = await resolve(
			`{ version: 1, workload: { data: digits, model: [{ dense: 10 }], optimizer: ${written} }, goal: { metric: train.loss, atMost: 0.1 } }`,
		);
		return { hash: studyHash(study), optimizer: "optimizer" in study.workload ? study.workload.optimizer : null };
	};
	const without = await optimizer("{ name: sgd }");
	expect(without.optimizer).toEqual({ name: "sgd", momentum: 0 });
	expect(await optimizer("{ name: sgd, weightDecay: 0 }")).toEqual(without);
	const decayed = await optimizer("{ name: sgd, weightDecay: 0.001 }");
	expect(decayed.optimizer).toEqual({ name: "sgd", momentum: 0, weightDecay: 0.001 });
	expect(decayed.hash).not.toBe(without.hash);
});

test("a budget of money is one of the seconds that it pays for, or of those that are asked for, where they are fewer", async () => {
	const secondsOf = async (budget: string) => (await resolve(`${minimal}\n${budget}`)).budget.seconds;
	expect(await secondsOf("pricePerHour: 3\nbudget: { cost: 6 }")).toBe(7200);
	expect(await secondsOf("pricePerHour: 3\nbudget: { cost: 6, seconds: 60 }")).toBe(60);
	expect(await secondsOf("pricePerHour: 3")).toBeNull();
	expect(await resolve(`${minimal}\npricePerHour: 3`)).toMatchObject({ pricePerHour: 3 });
});

test("the hash covers everything but what changes no trial", async () => {
	const study = await resolve(minimal);
	expect(studyHash({ ...study, name: "another" })).toBe(studyHash(study));
	expect(studyHash({ ...study, objective: "fastest", tolerance: 0.1 })).toBe(studyHash(study));
	expect(studyHash({ ...study, pricePerHour: 3 })).toBe(studyHash(study));
	const small = { ...study, budget: { trials: 20, seconds: null } };
	expect(studyHash({ ...small, objective: "fastest" })).not.toBe(studyHash(small)); // decides what the budget is spent on
	expect(studyHash({ ...small, tolerance: 0.1 })).not.toBe(studyHash(small));
	expect(studyHash({ ...study, seed: 1 })).not.toBe(studyHash(study));
	expect(studyHash({ ...study, data: { ...facts, sha256: "1" } })).not.toBe(studyHash(study));
});

test("of 2,000 unknown keys fifty are listed, and how many more there are", async () => {
	const keys = Array.from({ length: 2000 }, (_, i) => `key${i}: 1`).join("\n");
	const found = await problems(`${minimal}\n${keys}`);
	expect(found).toHaveLength(51);
	expect(found[50]).toMatch(/1,?950 more/);
});
