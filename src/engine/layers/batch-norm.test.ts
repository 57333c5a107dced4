import { describe, expect, test } from "vitest";
import { layerCases, setUp, upTo } from "../../../test/engine/layer-cases.js";
import { relativeDistance, squaredNorm } from "../../../test/engine/reference-network.js";
import { Rng } from "../../core/rng.js";
import { Engine } from "../engine.js";
import type { LayerSpec, NetworkSpec } from "../network-spec.js";

const dense = (units: number): LayerSpec => ({ kind: "dense", units });
const networkWith = (norm: LayerSpec): NetworkSpec => ({
	...{ inputs: 4, layers: [dense(6), norm, { kind: "tanh" }, dense(3)] },
	...{ init: "glorot-normal", loss: "softmax-cross-entropy", reduction: "mean" },
});
const whole = networkWith({ kind: "batch-norm" });
const ghosts = (ghost: number) => networkWith({ kind: "batch-norm", ghost });

describe("batch normalization", () => {
	test("evaluates by the running statistics, example by example, and moves nothing", () => {
		const { network, set, step } = setUp(whole, 40);
		step.indices.set(upTo(40));
		for (let t = 0; t < 20; t++) step.run(40, 0.1);
		const state = [...network.state];
		const together = network.evaluate(set).loss;
		const alone = upTo(40).map((i) => network.evaluate(set, i, 1).loss);
		expect(Math.abs(alone.reduce((sum, loss) => sum + loss, 0) / 40 - together)).toBeLessThan(1e-6); // rounding of a sum of 40
		expect([...network.state]).toEqual(state);
	});

	test("a mini-batch of one has no variance: it is normalized as in evaluation, and the running statistics stay", () => {
		const { network, set, step } = setUp(whole, 40);
		step.indices.set(upTo(40));
		step.run(40, 0.1);
		const state = [...network.state];
		step.indices[0] = 7;
		expect(step.run(1, 0).loss).toBe(network.evaluate(set, 7, 1).loss);
		expect([...network.state]).toEqual(state);
	});

	test("ghost batches are batches of their own: their gradients add up, for mini-batches of any size", () => {
		const { network, step } = setUp({ ...ghosts(8), reduction: "sum" }, 40, { gradientNorm: true });
		step.indices.set(upTo(40));
		step.run(40, 0);
		const together = Float64Array.from(network.gradients);
		const sum = new Float64Array(together.length);
		for (let ghost = 0; ghost < 5; ghost++) {
			step.indices.set(upTo(40).slice(8 * ghost, 8 * ghost + 8));
			step.run(8, 0);
			for (const [p, g] of network.gradients.entries()) sum[p] += g;
		}
		expect(squaredNorm(sum)).toBeGreaterThan(0);
		expect(relativeDistance(together, sum)).toBeLessThan(1e-6); // five roundings of single precision
	});

	test("chunks are cut between ghost batches, and not at all where statistics are of the whole mini-batch", () => {
		const engine = Engine.create();
		expect(engine.build(ghosts(24)).chunk % 24).toBe(0);
		expect(engine.build(ghosts(3000)).chunk).toBe(3000);
		expect(engine.build({ ...whole, largestBatch: 5000 }).chunk).toBe(5000);
		const both = engine.build(
			networkWith({
				kind: "residual",
				layers: [
					{ kind: "batch-norm", ghost: 6 },
					{ kind: "batch-norm", ghost: 8 },
				],
			}),
		);
		expect([both.chunk % 24, both.examplesTogether, both.largestBatch]).toEqual([0, 24, Infinity]);
		const { step } = setUp({ ...whole, largestBatch: 30 }, 2000);
		expect(() => step.run(1025, 0.1)).toThrow("internal: a mini-batch of 1025 for a network built for 1024");
	});

	test("begins anew with a mean of 0 and a variance of 1", () => {
		const { network, step } = setUp(whole, 40);
		const begun = [...network.state];
		step.indices.set(upTo(40));
		step.run(40, 0.1);
		expect([...network.state]).not.toEqual(begun);
		network.initialize(Rng.fromSeed(23));
		expect([...network.state]).toEqual(begun);
		expect([...new Float32Array(Int32Array.from(begun).buffer)]).toEqual([
			...new Array<number>(6).fill(0),
			...new Array<number>(6).fill(1),
		]);
	});
});

test.each(["dropout", "batch norm", "ghost batches"])("a noise probe of a network with %s changes nothing", (name) => {
	const train = (probed: boolean) => {
		const { engine, network, set, step } = setUp(layerCases[name], 60);
		const probe = engine.noiseProbe(network);
		step.indices.set(upTo(60));
		step.run(60, 0.1);
		const found = probed ? probe.run(set, Int32Array.from(upTo(60)), 4, 15) : null;
		step.run(60, 0.1);
		return { after: [[...network.parameters], [...network.state]], found };
	};
	const { after, found } = train(true);
	expect(after).toEqual(train(false).after);
	expect(found?.squaredNormSums.length).toBe(name === "dropout" ? 4 : 0);
	expect(found?.gram.length).toBe(16);
});
