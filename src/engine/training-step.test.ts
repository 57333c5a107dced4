// Longer than 250 lines: the architectures and the reference at the top are used by every test below.
import { describe, expect, test } from "vitest";
import { referencePass, relativeDistance, squaredNorm } from "../../test/engine/reference-network.js";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";
import type { LayerSpec, NetworkSpec } from "./network-spec.js";
import type { StepMeasures } from "./training-step.js";

const dense = (units: number): LayerSpec => ({ kind: "dense", units });
const relu: LayerSpec = { kind: "relu" };
const specOf = (inputs: number, layers: readonly LayerSpec[], reduction: "mean" | "sum" = "mean"): NetworkSpec => ({
	inputs,
	layers,
	init: "he-normal",
	loss: "softmax-cross-entropy",
	reduction,
});

/** A network on `count` random examples, ready to step. */
function setUp(
	spec: NetworkSpec,
	count: number,
	{ measures = {}, momentum = 0.9, weightDecay = 0 }: { measures?: StepMeasures; momentum?: number; weightDecay?: number } = {},
) {
	const rng = Rng.fromSeed(7);
	const engine = Engine.create();
	const last = engine.build(spec).outputs;
	const features = Float32Array.from({ length: count * spec.inputs }, () => rng.normal());
	const labels = Int32Array.from({ length: count }, () => rng.below(last));
	const set = engine.load({ features, labels, count, width: spec.inputs });
	const network = engine.build(spec);
	const sgd = engine.sgd(network, { momentum, weightDecay });
	const step = engine.trainingStep(network, sgd, set, measures);
	network.initialize(Rng.fromSeed(11));
	const examples = Array.from(labels, (label, i) => ({ features: [...features.subarray(i * spec.inputs, (i + 1) * spec.inputs)], label }));
	const choose = (...indices: number[]) => {
		step.indices.set(indices);
		return indices.map((i) => examples[i]);
	};
	return { engine, set, network, sgd, step, examples, choose };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

const architectures: Record<string, NetworkSpec> = {
	"1-2": specOf(1, [dense(2)]),
	"2-50-3": specOf(2, [dense(50), relu, dense(3)]),
	"3-5-7": specOf(3, [dense(5), relu, dense(7)]),
	"5-33-65-3": specOf(5, [dense(33), relu, dense(65), relu, dense(3)]),
	"65-1-33": specOf(65, [dense(1), relu, dense(33)]),
	"7-65-10 summed": specOf(7, [dense(65), relu, dense(10)], "sum"),
	"300-33-5": specOf(300, [dense(33), relu, dense(5)]),
	"relus on their own": specOf(7, [relu, dense(33), relu, relu, dense(5), dense(6), relu]),
};

describe("against the double-precision reference", () => {
	const ways = Object.keys(architectures).map((name) => ({ name, weightDecay: 0 }));
	test.each([...ways, { name: "5-33-65-3", weightDecay: 0.1 }])(
		"$name, weight decay $weightDecay: loss, hits and norm of every batch size, and ten steps",
		({ name, weightDecay }) => {
			const spec = architectures[name];
			for (const batchSize of [1, 2, 3, 5, 7, 8, 33, 65]) {
				const { network, step, choose } = setUp(spec, 70, { measures: { gradientNorm: true }, weightDecay });
				const rng = Rng.fromSeed(batchSize);
				const parameters = Float64Array.from(network.parameters);
				const velocity = new Float64Array(parameters.length);
				const learningRate = spec.reduction === "sum" ? 0.05 / batchSize : 0.05;
				for (let t = 0; t < 10; t++) {
					const batch = choose(...Array.from({ length: batchSize }, () => rng.below(70)));
					const report = step.run(batchSize, learningRate);
					const expected = referencePass(spec, parameters, batch);
					// Single precision (6e-8) through sums of some hundred terms and ten steps; measured: below 1e-6.
					expect(Math.abs(report.loss - expected.loss) / (1 + expected.loss)).toBeLessThan(1e-5);
					expect(report.correct).toBe(expected.correct);
					const norm = squaredNorm(expected.gradient);
					expect(Math.abs(report.squaredNorm - norm) / (1 + norm)).toBeLessThan(1e-5);
					for (let p = 0; p < parameters.length; p++) {
						velocity[p] = 0.9 * velocity[p] + expected.gradient[p] + weightDecay * parameters[p];
						parameters[p] -= learningRate * velocity[p];
					}
					expect(relativeDistance(network.parameters, parameters)).toBeLessThan(1e-5);
				}
			}
		},
	);

	test("a batch of 1,500 goes through in chunks, and equals one batch", () => {
		const spec = specOf(5, [dense(9), relu, dense(4)]);
		const { network, step, choose } = setUp(spec, 1500, { measures: { gradientNorm: true, perExample: true } });
		expect(network.chunk).toBe(1024);
		const batch = choose(...upTo(1500).reverse());
		const expected = referencePass(spec, network.parameters, batch);
		const before = Float64Array.from(network.parameters);
		const report = step.run(1500, 0.5);
		expect(Math.abs(report.loss / expected.loss - 1)).toBeLessThan(1e-6);
		expect(report.correct).toBe(expected.correct);
		expect(relativeDistance(report.perExample, expected.perExample.map(squaredNorm))).toBeLessThan(1e-6);
		const moved = before.map((w, p) => (w - network.parameters[p]) / 0.5);
		expect(relativeDistance(moved, expected.gradient)).toBeLessThan(1e-5); // w − (w − ηg) loses bits of w
	});

	test("evaluate: any part of a set", () => {
		const spec = specOf(5, [dense(9), relu, dense(4)]);
		const { network, set, examples } = setUp(spec, 1500);
		for (const [from, count] of [
			[0, 1500],
			[3, 1],
			[400, 1100],
		]) {
			const expected = referencePass(spec, network.parameters, examples.slice(from, from + count));
			const { loss, correct } = network.evaluate(set, from, count);
			expect(Math.abs(loss / expected.loss - 1)).toBeLessThan(1e-6);
			expect(correct).toBe(expected.correct);
		}
	});
});

describe("per-example squared gradient norms equal those of batches of one", () => {
	test.each(Object.keys(architectures).flatMap((name) => (["mean", "sum"] as const).map((reduction) => [name, reduction] as const)))(
		"%s, %s",
		(name, reduction) => {
			const spec = { ...architectures[name], reduction };
			const { network, step, choose } = setUp(spec, 9, { measures: { perExample: true }, momentum: 0 });
			const start = Float32Array.from(network.parameters);
			const batch = choose(...upTo(9));
			const together = Float64Array.from(step.run(9, 0).perExample);
			const failing: string[] = [];
			for (const [i, example] of batch.entries()) {
				// Alone at rate 1, the parameters move by just the gradient; the double-precision reference says the same, parameter by parameter.
				const reference = referencePass(spec, start, [example]).gradient;
				network.parameters.set(start);
				choose(i);
				const alone = step.run(1, 1).perExample[0];
				for (const [p, gradient] of reference.entries()) {
					const moved = start[p] - network.parameters[p];
					if (Math.abs(moved - gradient) > 1e-5 * Math.max(1, Math.abs(gradient)))
						failing.push(`example ${i}, parameter ${p}: ${moved}, expected ${gradient}`);
				}
				const expected = squaredNorm(reference);
				for (const [way, got] of Object.entries({ together: together[i], alone }))
					if (Math.abs(got / expected - 1) > 1e-5) failing.push(`example ${i}, ${way}: ${got}, expected ${expected}`);
			}
			expect(failing).toEqual([]);
		},
	);
});

describe("bits", () => {
	const spec = specOf(7, [dense(33), relu, dense(10)]);
	const trained = (measures: StepMeasures, batchSizes: readonly number[], weightDecay = 0) => {
		const { network, step } = setUp(spec, 1500, { measures, weightDecay });
		const rng = Rng.fromSeed(5);
		const losses = batchSizes.map((batchSize) => {
			for (let i = 0; i < batchSize; i++) step.indices[i] = rng.below(1500);
			return step.run(batchSize, 0.05).loss;
		});
		return { losses, parameters: [...network.parameters] };
	};
	const mixed = [1, 2, 3, 4, 5, 8, 31, 32, 100, 3, 1500, 1, 1024, 1025, 7];

	test("are the same on every run", () => {
		expect(trained({}, mixed)).toEqual(trained({}, mixed));
	});

	test("don't depend on what is measured: gradients applied where they arise or in a pass of their own", () => {
		const plain = trained({}, mixed);
		expect(trained({ gradientNorm: true }, mixed)).toEqual(plain);
		expect(trained({ perExample: true }, mixed)).toEqual(plain);
		const decayed = trained({}, mixed, 0.01);
		expect(decayed).not.toEqual(plain);
		expect(trained({ gradientNorm: true }, mixed, 0.01)).toEqual(decayed);
	});

	test("don't show whether momentum and weight decay were there from the start or are of this trial only", () => {
		const run = (settings: { momentum: number; weightDecay: number }, retuned: { momentum?: number; weightDecay?: number } = {}) => {
			const { network, sgd, step } = setUp(spec, 64, settings);
			step.indices.set(upTo(64));
			step.run(64, 0.1);
			sgd.retune(retuned);
			network.initialize(Rng.fromSeed(1));
			for (let t = 0; t < 5; t++) step.run(64 - t, 0.1);
			return [...network.parameters];
		};
		const wanted = run({ momentum: 0.5, weightDecay: 0.01 });
		expect(run({ momentum: 0.9, weightDecay: 0 }, { momentum: 0.5, weightDecay: 0.01 })).toEqual(wanted);
		expect(run({ momentum: 0.5, weightDecay: 1 }, { weightDecay: 0.01 })).toEqual(wanted);
	});

	test("a weight decay too small to have an effect is none", () => {
		expect(trained({}, mixed, 2 ** -47)).toEqual(trained({}, mixed));
	});

	test("of a sum are those of a mean where the batch is a power of two", () => {
		const mean = setUp(spec, 64);
		const sum = setUp({ ...spec, reduction: "sum" }, 64);
		for (const { step } of [mean, sum]) step.indices.set(upTo(64));
		expect(sum.step.run(64, 0.01).loss).toBe(mean.step.run(64, 0.64).loss);
		expect(relativeDistance(sum.network.parameters, mean.network.parameters)).toBeLessThan(1e-7); // 0.01 · 64 rounds unlike 0.64
	});

	test("a network begun anew forgets everything", () => {
		const { network, step } = setUp(spec, 64);
		const run = () => {
			network.initialize(Rng.fromSeed(1));
			step.indices.set(upTo(64));
			for (let t = 0; t < 5; t++) step.run(64 - t, 0.1);
			return [...network.parameters];
		};
		expect(run()).toEqual(run());
	});
});

describe("a step", () => {
	test("stops between chunks without an update", () => {
		const { network, step } = setUp(specOf(3, [dense(4)]), 3000);
		step.indices.set(upTo(3000));
		const before = [...network.parameters];
		let reads = 0;
		const flag = {
			get stopped() {
				return ++reads === 2;
			},
		};
		expect(step.run(3000, 0.1, flag).completed).toBe(false);
		expect([...network.parameters]).toEqual(before);
		expect(step.run(3000, 0.1, { stopped: false }).completed).toBe(true);
		expect(step.run(5, 0.1, { stopped: true }).completed).toBe(true); // one chunk has no between
	});

	test("shows that it diverged", () => {
		const { network, step, set } = setUp(specOf(3, [dense(8), relu, dense(4)]), 40);
		step.indices.set(upTo(40));
		let loss = 0;
		for (let t = 0; t < 200 && Number.isFinite(loss); t++) loss = step.run(40, 1e6).loss;
		expect(loss).not.toSatisfy(Number.isFinite);
		expect(step.run(40, 1e6).loss).toBeNaN(); // and doesn't come back
		expect(network.evaluate(set).loss).toBeNaN();
	});

	test("keeps velocities out of the denormals: they become zero", () => {
		// An input that falls silent: its weights' gradients are zero from then on, and their velocity decays by 0.9 a step.
		const engine = Engine.create();
		const set = engine.load({ count: 2, width: 2, features: Float32Array.of(1, 1, 1, 0), labels: Int32Array.of(0, 1) });
		const network = engine.build(specOf(2, [dense(2)]));
		const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set);
		network.initialize(Rng.fromSeed(1));
		step.run(1, 0.01);
		step.indices[0] = 1;
		const moves: number[] = [];
		// Set to 0 before each step, the weight is −η·v after it.
		for (let t = 0; t < 700; t++) {
			network.parameters[2] = 0;
			step.run(1, 0.01);
			moves.push(Math.abs(network.parameters[2]));
		}
		const tiny = Math.fround(0.01) * 2 ** -80;
		const lastMove = moves.findLastIndex((move) => move > 0);
		expect(moves[lastMove]).toBeGreaterThan(0.99 * tiny);
		expect(moves[lastMove] * 0.9).toBeLessThan(tiny * 1.01);
		expect(lastMove).toBeLessThan(600); // |v| ≤ 1 reaches 2⁻⁸⁰ in 527 steps of 0.9
		expect(moves.slice(lastMove + 1).every((move) => move === 0)).toBe(true);
	});

	test("allocates nothing: neither in the engine's memory nor on the heap", () => {
		const { engine, step } = setUp(specOf(2, [dense(50), relu, dense(3)]), 64, { measures: { perExample: true, gradientNorm: true } });
		step.indices.set(upTo(64));
		const steps = (count: number) => {
			for (let t = 0; t < count; t++) step.run(1 + (t % 8), 0.001);
		};
		steps(20_000);
		const mark = engine.mark();
		const before = process.memoryUsage().heapUsed;
		steps(20_000);
		// The smallest object a step would be 320 kB. A collection in between makes the difference negative, which is no failure.
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000);
		expect(engine.mark()).toBe(mark);
	});
});
