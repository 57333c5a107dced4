import { describe, expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";
import { weightOfStep } from "./weight-average.js";

/** A network of (units + 1) · 2 + … parameters: of every remainder by four, as the widths vary. */
function trained(width: number, share: number) {
	const engine = Engine.create();
	const network = engine.build({
		inputs: width,
		layers: [{ kind: "dense", units: 3 }, { kind: "tanh" }, { kind: "dense", units: 2 }],
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction: "mean",
	});
	const rng = Rng.fromSeed(width);
	const features = Float32Array.from({ length: 8 * width }, () => rng.normal());
	const set = engine.load({ features, labels: Int32Array.from({ length: 8 }, (_, i) => i % 2), count: 8, width });
	const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set);
	const average = engine.weightAverage(network, share);
	step.indices.set([0, 1, 2, 3, 4, 5, 6, 7]);
	network.initialize(rng);
	average.begin();
	return { network, average, step: () => step.run(8, 0.1) };
}

describe.each([1, 2, 3, 4])("the average of a network of %i inputs", (width) => {
	test.each([1, 0.5, 0.1])("over a share of %f is what the definition gives in double precision", (share) => {
		const { network, average, step } = trained(width, share);
		let mean = Float64Array.from(network.parameters);
		for (let t = 1; t <= 60; t++) {
			step();
			average.follow();
			mean = mean.map((before, i) => before + weightOfStep(share, t) * (network.parameters[i] - before));
		}
		const own = network.parameters.slice();
		const averaged = average.during(() => network.parameters.slice());
		// Sixty roundings to single precision, each of half a unit at most.
		for (const [i, value] of averaged.entries())
			expect(Math.abs(value - mean[i])).toBeLessThan(60 * 2 ** -24 * Math.max(1, Math.abs(mean[i])));
		expect(Math.max(...averaged.map((value, i) => Math.abs(value - own[i])))).toBeGreaterThan(0.001);
		expect(network.parameters).toEqual(own);
	});

	test("over all steps is their mean", () => {
		const { network, average, step } = trained(width, 1);
		const seen: Float32Array[] = [];
		for (let t = 0; t < 20; t++) {
			step();
			average.follow();
			seen.push(network.parameters.slice());
		}
		const averaged = average.during(() => network.parameters.slice());
		for (const [i, value] of averaged.entries())
			expect(value).toBeCloseTo(seen.reduce((sum, parameters) => sum + parameters[i], 0) / seen.length, 5);
	});
});

test("the weights of the steps add up to one, and half of them lies in the last part", () => {
	for (const share of [0.1, 0.5]) {
		const steps = 10_000;
		// Backwards: step t has c_t times what all later ones leave.
		let [left, total, late] = [1, 0, 0];
		for (let t = steps; t >= 1; t--) {
			const weight = left * weightOfStep(share, t);
			left -= weight;
			total += weight;
			if (t > steps * 2 ** -share) late += weight;
		}
		expect(total).toBeCloseTo(1, 10);
		expect(late).toBeCloseTo(0.5, 2);
	}
});

test("the average of a new trial knows nothing of the one before, and a failed reading leaves the weights as they are", () => {
	const { network, average, step } = trained(3, 0.1);
	for (let t = 0; t < 5; t++) {
		step();
		average.follow();
	}
	const own = network.parameters.slice();
	expect(() =>
		average.during(() => {
			throw new Error("no reading");
		}),
	).toThrow("no reading");
	expect(network.parameters).toEqual(own);
	average.begin();
	step();
	average.follow();
	expect(average.during(() => network.parameters.slice())).toEqual(network.parameters);
});
