import { describe, expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import type { TrialSpec } from "../../core/trial.js";
import type { Dataset, Examples } from "../../data/dataset.js";
import { resolveStudy } from "../../study/resolve.js";
import type { NetworkWorkload, TrainableStudy } from "../../study/study.js";
import { trainerOn } from "../trainer.js";
import { BuiltinMachinery } from "./machinery.js";

const draws = Rng.fromSeed(1);
const drawn = (count: number, outputs: number): Examples => ({
	count,
	features: Float32Array.from({ length: 3 * count }, () => draws.normal()),
	labels: Int32Array.from({ length: count }, () => draws.below(3)),
	...(outputs > 0 && { targets: Float32Array.from({ length: outputs * count }, () => draws.normal()) }),
});
const dataOf = (outputs: number): Dataset => ({
	width: 3,
	classes: outputs > 0 ? 0 : 3,
	train: drawn(60, outputs),
	validation: drawn(20, outputs),
	test: null,
});
const [classes, targets] = [dataOf(0), dataOf(1)];

/** The study, and its machinery on the data. */
async function built(workload: Readonly<Record<string, unknown>>, data: Dataset, rest: Readonly<Record<string, unknown>>) {
	const facts = {
		train: 60,
		validation: 20,
		test: 0,
		features: 3,
		classes: data.classes,
		...(data.classes === 0 && { targets: 1 }),
		sha256: "0",
	};
	const study = (await resolveStudy(
		{
			version: 1,
			workload: { data: "blobs", ...workload },
			goal: { metric: "validation.loss", atMost: 1.2 },
			batchSizes: [8],
			...rest,
		},
		async () => facts,
	)) as TrainableStudy;
	return { study, machinery: new BuiltinMachinery(study, study.workload as NetworkWorkload, data) };
}

const spec: TrialSpec = {
	phase: "reporting",
	batchSize: 8,
	learningRate: 0.125,
	seedIndex: 0,
	seed: 7,
	cap: 60,
	until: "goal",
	curves: true,
	probe: true,
};
async function looksOf({ study, machinery }: Awaited<ReturnType<typeof built>>, change: Partial<TrialSpec> = {}) {
	for await (const { result } of trainerOn(machinery, study).train({ ...spec, ...change }, { stopped: false }))
		if (result) return { ...result, seconds: 0 };
	throw new Error("a trial without a result");
}

const everything = { record: ["sharpness", "distance", "update", "gradient-norm"] };

describe.each([
	["dense layers and dropout", [{ dense: 6 }, "relu", { dropout: 0.25 }, { dense: 3 }], {}],
	["batch normalization", [{ dense: 6 }, "batch-norm", "tanh", { dense: 3 }], {}],
	[
		"clipping, noise, Adam",
		[{ dense: 4 }, "gelu", { dense: 3 }],
		{ optimizer: { name: "adam" }, gradient: { clipNorm: 0.1, noise: { variance: 0.01 } } },
	],
])("with %s", (_, model, rest) => {
	test("a trial that is recorded is the one that isn't, to the bit", async () => {
		const plain = await looksOf(await built({ model, ...rest }, classes, {}));
		const recorded = await looksOf(await built({ model, ...rest }, classes, everything));
		expect(recorded.evaluations.every((look) => look.recorded)).toBe(true);
		expect({ ...recorded, evaluations: recorded.evaluations.map(({ recorded: _, ...look }) => look) }).toEqual(plain);
	});
});

test("trials that are not reported record nothing, nor do studies that don't ask", async () => {
	const model = [{ dense: 3 }];
	const tuning = await looksOf(await built({ model }, classes, everything), { curves: false });
	const plain = await looksOf(await built({ model }, classes, {}));
	expect([tuning, plain].flatMap(({ evaluations }) => evaluations.filter((look) => "recorded" in look))).toEqual([]);
});

test("distances and updates are the lengths of what the parameters did, layer by layer and in all", async () => {
	const { machinery } = await built(
		{ model: [{ dense: 4 }, "tanh", { dense: 3 }], optimizer: { name: "sgd", momentum: 0 } },
		classes,
		everything,
	);
	const { recorder, network } = machinery;
	if (!recorder) throw new Error("nothing is recorded");
	machinery.begin(8, Rng.fromSeed(3));
	const start = Float32Array.from(network.parameters);
	for (let step = 0; step < 5; step++) machinery.step(0.125, { stopped: false });
	const before = Float32Array.from(network.parameters);
	recorder.before();
	machinery.step(0.125, { stopped: false });
	const recorded = recorder.after(null) ?? {};
	const norm = (since: Float32Array, from: number, to: number) =>
		Math.sqrt(network.parameters.slice(from, to).reduce((sum, w, i) => sum + (w - since[from + i]) ** 2, 0));
	const layers = { first: [0, 16], second: [16, 31] } as const; // 3·4 + 4 and 4·3 + 3 parameters
	const expected = {
		distance: norm(start, 0, 31),
		"distance.1": norm(start, ...layers.first),
		"distance.2": norm(start, ...layers.second),
		update: norm(before, 0, 31),
		"update.1": norm(before, ...layers.first),
		"update.2": norm(before, ...layers.second),
		// A step of plain SGD is the rate times the gradient.
		"gradient-norm": norm(before, 0, 31) / 0.125,
	};
	expect(Object.keys(recorded)).toEqual(Object.keys(expected));
	// Parameters are single, so differences of some thousandths of a weight are known to some 10⁻⁵ of themselves.
	for (const [name, value] of Object.entries(expected)) expect(recorded[name as keyof typeof expected]).toBeCloseTo(value, 5);
});

test("sharpness is recorded at the look that reaches the goal, and of a linear model is 2λ_max(XᵀX/N)", async () => {
	const linear = await built({ model: [{ dense: 1 }], loss: "mean-squared-error", optimizer: { name: "sgd", momentum: 0.9 } }, targets, {
		record: ["sharpness"],
	});
	const { reached, evaluations } = await looksOf(linear);
	expect(evaluations.filter((look) => look.recorded).map(({ step }) => step)).toEqual([reached?.step]);
	const rows = Array.from({ length: 60 }, (_, i) => [...targets.train.features.slice(3 * i, 3 * i + 3), 1]);
	let vector = [1, 1, 1, 1];
	let value = 0;
	for (let pass = 0; pass < 200; pass++) {
		const image = [0, 1, 2, 3].map(
			(j) => (2 / 60) * rows.reduce((sum, row) => sum + row[j] * row.reduce((dot, x, k) => dot + x * vector[k], 0), 0),
		);
		value = Math.hypot(...image);
		vector = image.map((x) => x / value);
	}
	// The method ends where the residual is a thousandth of the value, whose error is of the residual's square.
	expect(Math.abs((evaluations.find((look) => look.recorded)?.recorded?.sharpness ?? 0) / value - 1)).toBeLessThan(1e-3);
});
