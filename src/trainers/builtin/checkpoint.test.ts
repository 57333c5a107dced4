import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../../core/checkpoint.js";
import { SweetspotError } from "../../core/errors.js";
import { Rng } from "../../core/rng.js";
import type { OptimizerSpec } from "../../engine/optimizers/spec.js";
import { resolveStudy } from "../../study/resolve.js";
import type { NetworkWorkload, TrainableStudy } from "../../study/study.js";
import { BuiltinMachinery } from "./machinery.js";

const facts = { train: 50, validation: 10, test: 0, features: 3, classes: 3, sha256: "0" };
const rng = Rng.fromSeed(1);
const examples = (count: number) => ({
	count,
	features: Float32Array.from({ length: 3 * count }, () => rng.normal()),
	labels: Int32Array.from({ length: count }, () => rng.below(3)),
});
const data = { width: 3, classes: 3, train: examples(50), validation: examples(10), test: null };

const base = {
	data: "blobs",
	model: [{ dense: 6 }, "relu", { dropout: 0.25 }, { dense: 3 }],
	gradient: { clipNorm: 0.5, noise: { variance: 0.001 } },
};
async function machinery(workload: Readonly<Record<string, unknown>>): Promise<BuiltinMachinery> {
	const study = await resolveStudy(
		{ version: 1, workload: { ...base, ...workload }, goal: { metric: "train.loss", atMost: 0.1 }, batchSizes: [8] },
		async () => facts,
	);
	return new BuiltinMachinery(study as TrainableStudy, study.workload as NetworkWorkload, data);
}

const never = { stopped: false };
const steps = (trained: BuiltinMachinery, count: number) => Array.from({ length: count }, () => trained.step(0.05, never)?.loss);

const optimizers: readonly (Partial<OptimizerSpec> & Pick<OptimizerSpec, "name">)[] = [
	{ name: "sgd", weightDecay: 0.01 },
	{ name: "sgd", nesterov: true },
	{ name: "rmsprop", momentum: 0.5 },
	{ name: "adam" },
	{ name: "adamw" },
];

describe.each(["reshuffle", "with-replacement"])("a trial with the sampler %s", (sampler) => {
	test.each(optimizers)("and $name ($weightDecay, $nesterov) goes on to the same bits elsewhere", async (optimizer) => {
		const whole = await machinery({ optimizer, sampler });
		whole.begin(8, Rng.fromSeed(5));
		steps(whole, 10); // of seven an epoch: in the midst of the second
		const saved = whole.save({ step: 10, examples: 78 });
		const losses = steps(whole, 20);
		const looked = whole.evaluate("validation");

		const other = await machinery({ optimizer, sampler });
		other.begin(50, Rng.fromSeed(6));
		steps(other, 3);
		expect(other.restore(saved)).toEqual({ step: 10, examples: 78 });
		expect(other.save({ step: 10, examples: 78 })).toEqual(saved);
		expect(steps(other, 20)).toEqual(losses);
		expect(other.evaluate("validation")).toEqual(looked);
		// All state at once: parameters, moments, generators, the order of examples.
		expect(other.save({ step: 30, examples: 0 })).toEqual(whole.save({ step: 30, examples: 0 }));
	});
});

test("a trial with a setting of its own goes on with it", async () => {
	const whole = await machinery({ optimizer: { name: "sgd" } });
	whole.begin(8, Rng.fromSeed(5), { momentum: 0.25, weightDecay: 0.5 });
	steps(whole, 10);
	const saved = whole.save({ step: 10, examples: 78 });
	const losses = steps(whole, 20);
	const other = await machinery({ optimizer: { name: "sgd" } });
	other.begin(8, Rng.fromSeed(6));
	other.restore(saved);
	expect(steps(other, 20)).toEqual(losses);
});

test("a trial whose weights are averaged trains as it does without, is looked at by their average, and goes on to the same bits", async () => {
	const averaging = 0.2;
	const [whole, plain] = [await machinery({ averaging }), await machinery({})];
	for (const one of [whole, plain]) one.begin(8, Rng.fromSeed(5));
	expect(steps(whole, 10)).toEqual(steps(plain, 10));
	expect(whole.evaluate("validation")).not.toEqual(plain.evaluate("validation"));
	expect(whole.weights).not.toEqual(plain.weights);
	expect(whole.network.parameters).toEqual(plain.network.parameters);
	const saved = whole.save({ step: 10, examples: 78 });
	const losses = steps(whole, 20);
	expect(losses).toEqual(steps(plain, 20));

	const other = await machinery({ averaging });
	other.begin(50, Rng.fromSeed(6));
	steps(other, 3);
	other.restore(saved);
	expect(steps(other, 20)).toEqual(losses);
	expect(other.evaluate("validation")).toEqual(whole.evaluate("validation"));
	expect(other.weights).toEqual(whole.weights);
	expect(() => plain.restore(saved)).toThrow(/its workload\.averaging is 0.2/);
});

test("a checkpoint says what it is of, and another workload refuses it", async () => {
	const saved = await machinery({ optimizer: { name: "adam" } });
	saved.begin(8, Rng.fromSeed(1));
	const bytes = saved.save({ step: 0, examples: 0 });
	const other = await machinery({ optimizer: { name: "adamw" } });
	expect(() => other.restore(bytes)).toThrow(SweetspotError);
	expect(() => other.restore(bytes)).toThrow(
		/the checkpoint cannot be restored: its workload\.optimizer\.name is "adam", expected "adamw"/,
	);
});

describe("the bytes", () => {
	const numbers = {
		doubles: Float64Array.of(0.1, -0, Number.NaN, Infinity),
		floats: Float32Array.of(2 ** -140, 1.5),
		integers: Int32Array.of(-1),
	};
	const bytes = encodeCheckpoint({ about: { what: "ünïcode" }, arrays: numbers });

	test("give back every bit, wherever they lie", () => {
		const moved = new Uint8Array(bytes.length + 3);
		moved.set(bytes, 3);
		expect(decodeCheckpoint(moved.subarray(3))).toEqual({ about: { what: "ünïcode" }, arrays: numbers });
	});

	test("are version 1's, for good", () => {
		const view = new DataView(bytes.buffer);
		expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe("SWEETCKP");
		expect(view.getUint32(8, true)).toBe(1);
		const header = new TextDecoder().decode(bytes.subarray(16, 16 + view.getUint32(12, true)));
		expect(header).toBe(
			'{"about":{"what":"ünïcode"},"arrays":[{"length":4,"name":"doubles","type":"f64"},{"length":2,"name":"floats","type":"f32"},{"length":1,"name":"integers","type":"i32"}]}',
		);
		expect(view.getFloat64(16 + view.getUint32(12, true), true)).toBe(0.1);
	});

	test("damaged anywhere, or cut anywhere, are refused", () => {
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.option(fc.nat(bytes.length - 1)), (at, flip, cut) => {
				const other = cut === null ? bytes.map((byte, i) => (i === at ? byte ^ flip : byte)) : bytes.slice(0, cut);
				expect(() => decodeCheckpoint(other)).toThrow(SweetspotError);
			}),
		);
	});

	test.each([
		["nothing", () => new Uint8Array(0), /0 bytes that are no checkpoint/],
		["something else", () => new TextEncoder().encode("a".repeat(100)), /100 bytes that are no checkpoint/],
		["a part", () => bytes.slice(0, -1), /checksum/],
		["a changed bit", () => bytes.map((byte, i) => (i === bytes.length - 40 ? byte ^ 1 : byte)), /checksum/],
		["a newer version", () => bytes.map((byte, i) => (i === 8 ? 2 : byte)), /it is of version 2, expected at most 1/],
	])("%s is refused", (_, made, message) => expect(() => decodeCheckpoint(made())).toThrow(message));
});

test("a checkpoint that was made up is refused, with any numbers: its checksum only shows that it is whole", async () => {
	const trained = await machinery({});
	trained.begin(8, Rng.fromSeed(5));
	steps(trained, 10);
	const sound = decodeCheckpoint(trained.save({ step: 10, examples: 78 }));
	const other = await machinery({});
	const withArrays = (arrays: Readonly<Record<string, Float64Array | Int32Array>>) =>
		encodeCheckpoint({ ...sound, arrays: { ...sound.arrays, ...arrays } });
	const order = sound.arrays.order.slice() as Int32Array;
	for (const arrays of [
		{ order: order.map((place) => place + 2_000_000) },
		{ order: order.map(() => 0) },
		{ order: order.map((place) => -place) },
		{ position: Int32Array.of(2_000_000_000) },
		{ position: Int32Array.of(-1) },
		{ progress: Float64Array.of(Number.NaN, 1e300) },
		{ batches: Float64Array.from({ length: 9 }, () => Number.NaN) },
	])
		expect(() => other.restore(withArrays(arrays)), JSON.stringify(arrays)).toThrow(SweetspotError);
});

test.each([
	"not JSON",
	"null",
	"[]",
	'{"about":{},"arrays":7}',
	'{"about":{},"arrays":[{"name":"a","type":"f16","length":1}]}',
	'{"about":{},"arrays":[{"name":"a","type":"__proto__","length":1}]}',
	'{"about":{},"arrays":[{"name":"a","type":"f64","length":1e15}]}',
	'{"about":{},"arrays":[{"name":"a","type":"f64","length":-1}]}',
	'{"about":{},"arrays":[{"name":"a","type":"f64","length":2}]}',
])("a header that was made up is refused: %s", (header) => {
	const text = new TextEncoder().encode(header);
	const bytes = new Uint8Array(16 + text.length + 8 + 32);
	bytes.set(encodeCheckpoint({ about: {}, arrays: {} }).subarray(0, 12));
	new DataView(bytes.buffer).setUint32(12, text.length, true);
	bytes.set(text, 16);
	bytes.set(sha256(bytes.subarray(0, -32)), bytes.length - 32);
	expect(() => decodeCheckpoint(bytes)).toThrow(SweetspotError);
});
