import { describe, expect, test } from "vitest";
import { widestVectors } from "../../../test/fixtures/widest-vectors.js";
import { Rng } from "../../core/rng.js";
import type { TrialSpec } from "../../core/trial.js";
import type { Dataset } from "../../data/dataset.js";
import type { VectorProducts } from "../../engine/native-products.js";
import { resolveStudy } from "../../study/resolve.js";
import type { NetworkWorkload, TrainableStudy } from "../../study/study.js";
import type { PaceAt } from "../machinery.js";
import { trainerOn } from "../trainer.js";
import { BuiltinMachinery } from "./machinery.js";
import { NetworkRun } from "./run.js";

const vectors = await widestVectors();

const rng = Rng.fromSeed(1);
const examples = (count: number) => ({
	count,
	features: Float32Array.from({ length: 3 * count }, () => rng.normal()),
	labels: Int32Array.from({ length: count }, () => rng.below(3)),
});
const data: Dataset = { width: 3, classes: 3, train: examples(50), validation: examples(10), test: null };
const facts = { train: 50, validation: 10, test: 0, features: 3, classes: 3, sha256: "0" };

type Workload = Readonly<Record<string, unknown>>;

/** The same study twice: in WebAssembly, step by step, and with wider vectors, whose calls of several steps are counted. */
async function both(workload: Workload, rest: Workload = {}) {
	if (!vectors) throw new Error("unreachable");
	const study = (await resolveStudy(
		{
			version: 1,
			workload: { data: "blobs", model: [{ dense: 6 }, "relu", { dense: 3 }], ...workload },
			goal: { metric: "train.loss", atMost: 0.01 },
			batchSizes: [8],
			...rest,
		},
		async () => facts,
	)) as TrainableStudy;
	const calls: number[] = [];
	const counted: VectorProducts = {
		...vectors,
		stepsOn: (memory) => {
			const steps = vectors.stepsOn(memory);
			return (at) => {
				steps(at);
				calls.push(new Int32Array(memory.buffer, at, 2)[1]);
			};
		},
	};
	const machineryOf = (native: VectorProducts | null) => new BuiltinMachinery(study, study.workload as NetworkWorkload, data, native);
	return { study, plain: machineryOf(null), wide: machineryOf(counted), calls };
}

const never = { stopped: false };

/** Goes so many steps, or up to a loss that isn't finite; the loss after each advance, and what is saved at the end. */
function went(machinery: BuiltinMachinery, most: number, paceAt: PaceAt) {
	machinery.begin(paceAt(0, 0)?.batchSize ?? 1, Rng.fromSeed(5));
	const losses = new Map<number, number>();
	let [step, used] = [0, 0];
	while (step < most) {
		const taken = machinery.advance({ step, examples: used }, most - step, paceAt, never);
		if (!taken) throw new Error("nothing stops it");
		step += taken.steps;
		used += taken.examples;
		losses.set(step, taken.last.loss);
		if (!Number.isFinite(taken.last.loss)) break;
	}
	return { step, used, losses, saved: machinery.save({ step, examples: used }) };
}

const optimizers: readonly Workload[] = [
	{ name: "sgd", weightDecay: 0.01 },
	{ name: "sgd", nesterov: true },
	{ name: "rmsprop", momentum: 0.5 },
	{ name: "adam", weightDecay: 0.01 },
	{ name: "adamw", weightDecay: 0.01 },
];

describe.skipIf(!vectors)("steps taken together", () => {
	const constant = (learningRate: number, batchSize: number): PaceAt => {
		return () => ({ learningRate, batchSize });
	};

	describe.each([
		["reshuffled, the last batch kept", { lastBatch: "keep" }],
		["reshuffled, the last batch dropped", { lastBatch: "drop" }],
		["with replacement", { sampler: "with-replacement" }],
	])("%s", (_, batches) => {
		test.each(optimizers)("are those of WebAssembly, with $name ($weightDecay, $nesterov)", async (optimizer) => {
			const { plain, wide, calls } = await both({ optimizer, ...batches });
			for (const batchSize of [1, 7, 8, 50]) {
				const [expected, got] = [plain, wide].map((machinery) => went(machinery, 130, constant(0.02, batchSize)));
				expect({ ...got, losses: null }).toEqual({ ...expected, losses: null });
				for (const [step, loss] of got.losses) expect(loss).toBe(expected.losses.get(step));
			}
			expect(Math.max(...calls)).toBeGreaterThan(40);
		});

		test("end with the step that diverges, and the sampler with them", async () => {
			const { plain, wide, calls } = await both({ optimizer: { name: "sgd", momentum: 0 }, ...batches });
			const [expected, got] = [plain, wide].map((machinery) => went(machinery, 1000, constant(2 ** 20, 2)));
			expect({ ...got, losses: null }).toEqual({ ...expected, losses: null });
			expect(Number.isFinite([...got.losses.values()].at(-1))).toBe(false);
			expect(calls.at(-1)).toBeGreaterThan(1);
			expect(got.step).toBeLessThan(20); // in the midst of the first epoch
		});
	});

	test.each([7, 8, 9])("end with a step that diverges epochs later, at batch size %i", async (batchSize) => {
		const { plain, wide } = await both({ optimizer: { name: "sgd", momentum: 0, weightDecay: 3 }, lastBatch: "keep" });
		const [expected, got] = [plain, wide].map((machinery) => went(machinery, 1000, constant(1, batchSize)));
		expect({ ...got, losses: null }).toEqual({ ...expected, losses: null });
		expect(got.step).toBeGreaterThan(20);
		expect(got.step).toBeLessThan(1000);
	});

	test("follow a pace that changes, up to where there is none", async () => {
		const { plain, wide, calls } = await both({});
		const paceAt: PaceAt = (step) => (step === 40 ? null : { learningRate: 0.1 / (1 + step), batchSize: step < 13 ? 3 : 8 });
		const goesOn: PaceAt = (step, used) => paceAt(step, used) ?? { learningRate: 0.1, batchSize: 1 };
		const [expected, got] = [plain, wide].map((machinery) => went(machinery, 60, goesOn));
		expect(got.saved).toEqual(expected.saved);
		wide.begin(3, Rng.fromSeed(5));
		calls.length = 0;
		let [step, used] = [0, 0];
		while (step < 40) {
			const taken = wide.advance({ step, examples: used }, 60 - step, paceAt, never);
			step += taken?.steps ?? 0;
			used += taken?.examples ?? 0;
		}
		expect(step).toBe(40);
		expect(calls.length).toBeGreaterThan(0);
	});

	test.each<[string, Workload]>([
		["dropout", { model: [{ dense: 6 }, "relu", { dropout: 0.25 }, { dense: 3 }] }],
		["clipping", { gradient: { clipNorm: 0.5 } }],
		["noise", { gradient: { noise: { variance: 0.001 } } }],
		["averaged weights", { averaging: 0.2 }],
	])("are taken one by one with %s", async (_, workload) => {
		const { plain, wide, calls } = await both(workload);
		const [expected, got] = [plain, wide].map((machinery) => went(machinery, 30, constant(0.05, 8)));
		expect(got).toEqual(expected);
		expect(calls).toEqual([]);
	});

	test.each<[string, Workload, Workload, Partial<TrialSpec>]>([
		["with curves and probes", {}, {}, { curves: true, probe: true }],
		["with records", {}, { record: ["distance", "update", "gradient-norm"] }, { curves: true }],
		["with schedules", { schedule: { learningRate: { step: { factor: 0.5, steps: [20, 50] } } } }, {}, {}],
		[
			"with a batch size that grows",
			{ schedule: { batchSize: { step: { factor: 3, steps: [30] } } } },
			{ objective: "cheapest" },
			{ until: "cap" },
		],
		["that diverges", { optimizer: { name: "sgd", momentum: 0, weightDecay: 3 } }, {}, { learningRate: 1 }],
		[
			"on its trunk",
			{ schedule: { learningRate: { "stable-decay": { cooldown: 0.2, to: 0 } } } },
			{},
			{ phase: "horizon tuning", until: "cap" },
		],
	])("make the same trial %s", async (_, workload, rest, change) => {
		const { study, plain, wide, calls } = await both(workload, rest);
		const spec: TrialSpec = {
			...{
				phase: "reporting",
				batchSize: 4,
				learningRate: 0.05,
				seedIndex: 0,
				seed: 7,
				cap: 300,
				until: "goal",
				curves: false,
				probe: false,
			},
			...change,
		};
		const [expected, got] = await Promise.all(
			[plain, wide].map(async (machinery) => {
				for await (const { result, continuation } of trainerOn(machinery, study).train(spec, never))
					if (result) return { result: { ...result, seconds: 0 }, continuation };
				throw new Error("a trial without a result");
			}),
		);
		expect(got).toEqual(expected);
		expect(Math.max(...calls)).toBeGreaterThan(1);
	});

	test("leave a run that is saved, and one that diverged, where steps taken one by one do", async () => {
		for (const learningRate of [0.05, 2 ** 20]) {
			const { study, plain, wide } = await both({ optimizer: { name: "sgd", momentum: 0 } });
			const [expected, got] = [plain, wide].map((machinery) => {
				const run = new NetworkRun(study, machinery, { batchSize: 2, learningRate });
				const evaluations = [...run.train(200)];
				return { evaluations: evaluations.filter((one) => one !== null), step: run.step, diverged: run.diverged, saved: run.save() };
			});
			expect(got).toEqual(expected);
			expect(got.diverged === null).toBe(learningRate < 1);
		}
	});
});
