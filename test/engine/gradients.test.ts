import { describe, expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import type { NetworkSpec } from "../../src/engine/network-spec.js";
import { layerCases, setUp, upTo } from "./layer-cases.js";
import { squaredNorm } from "./reference-network.js";

const names = Object.keys(layerCases);
const both = names.flatMap((name) => (["mean", "sum"] as const).map((reduction) => [name, reduction] as const));
/** Not under batch normalization, where an example has no gradient of its own. */
const hasOwnGradients = (name: string) => setUp(layerCases[name], 1).network.perExampleNorms === "defined";
const withReduction = (name: string, reduction: "mean" | "sum"): NetworkSpec => ({ ...layerCases[name], reduction });

describe("the gradient is the slope of the loss", () => {
	test.each(both)("%s, %s: along ten directions", (name, reduction) => {
		const count = 9;
		const { network, step } = setUp(withReduction(name, reduction), count, { gradientNorm: true });
		step.indices.set(upTo(count));
		const start = Float32Array.from(network.parameters);
		const state = Int32Array.from(network.state);
		/** The loss as reduced, at weights moved by h along the direction; every time with the same masks and running statistics. */
		const lossAt = (direction: readonly number[], h: number) => {
			for (const [p, d] of direction.entries()) network.parameters[p] = start[p] + h * d;
			network.state.set(state);
			return step.run(count, 0).loss * (reduction === "sum" ? count : 1);
		};
		const rng = Rng.fromSeed(3);
		lossAt([], 0);
		network.parameters.set(start);
		network.state.set(state);
		step.run(count, 0);
		const gradient = Float64Array.from(network.gradients);
		const norm = Math.sqrt(squaredNorm(gradient));
		for (let i = 0; i < 10; i++) {
			const draws = Array.from(start, () => rng.normal());
			const length = Math.sqrt(squaredNorm(draws));
			const direction = draws.map((d) => d / length);
			const h = 2 ** -10;
			const slope = (lossAt(direction, h) - lossAt(direction, -h)) / (2 * h);
			const expected = direction.reduce((sum, d, p) => sum + d * gradient[p], 0);
			// Rounding: the loss's 6e-8 over 2h, so 3e-5; a ReLU or maximum that changes sides: its share of the slope, for a share h of them.
			expect(Math.abs(slope - expected)).toBeLessThan(2e-3 * norm);
		}
	});
});

describe("a batch is its examples: gradients and squared norms, against batches of one", () => {
	test.each(both.filter(([name]) => hasOwnGradients(name)))("%s, %s", (name, reduction) => {
		const count = 9;
		const spec = withReduction(name, reduction);
		const { network, step } = setUp(spec, count, { gradientNorm: true, perExample: true });
		const state = Int32Array.from(network.state);
		step.indices.set(upTo(count));
		const together = Float64Array.from(step.run(count, 0).perExample);
		const gradient = Float64Array.from(network.gradients);
		const sum = new Float64Array(gradient.length);
		const failing: string[] = [];
		network.state.set(state); // masks are drawn row by row: the same ones again
		for (const i of upTo(count)) {
			step.indices[0] = i;
			const alone = step.run(1, 0).perExample[0];
			const own = squaredNorm(network.gradients);
			for (const [p, g] of network.gradients.entries()) sum[p] += reduction === "mean" ? g / count : g;
			// Single precision through sums of some tens of products.
			for (const [way, got] of Object.entries({ together: together[i], alone }))
				if (Math.abs(got / own - 1) > 1e-5) failing.push(`example ${i}, ${way}: ${got}, expected ${own}`);
		}
		const scale = Math.sqrt(squaredNorm(sum) / sum.length);
		for (const [p, g] of gradient.entries())
			if (Math.abs(g - sum[p]) > 1e-5 * (scale + Math.abs(sum[p]))) failing.push(`parameter ${p}: ${g}, expected ${sum[p]}`);
		expect(failing).toEqual([]);
	});
});

describe("bits don't depend on what is measured", () => {
	test.each(names)("%s", (name) => {
		const trained = (measures: { readonly gradientNorm?: boolean; readonly perExample?: boolean }) => {
			const { network, step } = setUp(layerCases[name], 40, measures);
			const rng = Rng.fromSeed(4);
			const losses = [1, 40, 7, 33, 2, 16].map((size) => {
				for (let i = 0; i < size; i++) step.indices[i] = rng.below(40);
				return step.run(size, 0.05).loss;
			});
			return { losses, parameters: [...network.parameters], state: [...network.state] };
		};
		const plain = trained({});
		expect(trained({})).toEqual(plain);
		expect(trained({ gradientNorm: true })).toEqual(plain);
		if (hasOwnGradients(name)) expect(trained({ perExample: true })).toEqual(plain);
	});
});

test.each(names)("%s: a step allocates nothing, neither in the engine's memory nor on the heap", (name) => {
	const { engine, step } = setUp(layerCases[name], 8, { perExample: hasOwnGradients(name), gradientNorm: true });
	step.indices.set(upTo(8));
	const steps = (count: number) => {
		for (let t = 0; t < count; t++) step.run(1 + (t % 8), 0.001);
	};
	steps(5000);
	const mark = engine.mark();
	const grown = Array.from({ length: 8 }, () => {
		const before = process.memoryUsage().heapUsed;
		steps(5000);
		return process.memoryUsage().heapUsed - before;
	});
	// The smallest object a step would be 80 kB. The least counts, since code is compiled in the meantime; what a collection makes negative
	// doesn't.
	expect(Math.min(...grown.map(Math.abs))).toBeLessThan(60_000);
	expect(engine.mark()).toBe(mark);
});
