import { expect, test } from "vitest";
import { referencePass, squaredNorm } from "../../test/engine/reference-network.js";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";
import type { NetworkSpec } from "./network-spec.js";

test.each([
	{ reduction: "mean", groups: 4, groupSize: 5 },
	{ reduction: "sum", groups: 3, groupSize: 1 },
	{ reduction: "mean", groups: 2, groupSize: 1100 },
] as const)("$groups groups of $groupSize ($reduction): norms and inner products of the reference, and nothing moved", (probed) => {
	const { reduction, groups, groupSize } = probed;
	const spec: NetworkSpec = {
		inputs: 5,
		layers: [{ kind: "dense", units: 9 }, { kind: "relu" }, { kind: "dense", units: 4 }],
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction,
	};
	const rng = Rng.fromSeed(2);
	const count = groups * groupSize;
	const features = Float32Array.from({ length: count * 5 }, () => rng.normal());
	const labels = Int32Array.from({ length: count }, () => rng.below(4));
	const engine = Engine.create();
	const set = engine.load({ features, labels, count, width: 5 });
	const network = engine.build(spec);
	const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9, weightDecay: 0.1 }), set); // which no probe shows
	const probe = engine.noiseProbe(network);
	const indices = Int32Array.from({ length: count }, (_, i) => i);
	rng.shuffle(indices);

	const train = (withProbe: boolean) => {
		network.initialize(Rng.fromSeed(3));
		step.indices.set(indices);
		step.run(count, 0.1);
		const weights = Float64Array.from(network.parameters);
		const found = withProbe ? probe.run(set, indices, groups, groupSize) : undefined;
		step.run(count, 0.1);
		return { weights, found, after: [...network.parameters] };
	};
	const { weights, found, after } = train(true);
	expect(after).toEqual(train(false).after);

	const groupGradients = Array.from({ length: groups }, (_, group) => {
		const examples = [...indices.subarray(group * groupSize, (group + 1) * groupSize)].map((i) => ({
			features: [...features.subarray(5 * i, 5 * i + 5)],
			label: labels[i],
		}));
		return referencePass({ ...spec, reduction: "mean" }, weights, examples);
	});
	const relative = (got: number, expected: number, scale = expected) => Math.abs(got - expected) / scale;
	for (const [i, a] of groupGradients.entries()) {
		const norms = a.perExample.reduce((sum, g) => sum + squaredNorm(g), 0);
		expect(relative(found?.squaredNormSums[i] ?? Number.NaN, norms)).toBeLessThan(1e-5); // single precision through three sums
		for (const [j, b] of groupGradients.entries()) {
			const product = a.gradient.reduce((sum, g, p) => sum + g * b.gradient[p], 0);
			const scale = Math.sqrt(squaredNorm(a.gradient) * squaredNorm(b.gradient));
			expect(relative(found?.gram[i * groups + j] ?? Number.NaN, product, scale)).toBeLessThan(1e-5);
		}
	}
});

test("leaves the generators of dropout where they were", () => {
	const engine = Engine.create();
	const rng = Rng.fromSeed(5);
	const features = Float32Array.from({ length: 60 }, () => rng.normal());
	const set = engine.load({ features, labels: Int32Array.from({ length: 20 }, (_, i) => i % 3), count: 20, width: 3 });
	const layers = [
		{ kind: "dense", units: 8 },
		{ kind: "dropout", rate: 0.5 },
		{ kind: "dense", units: 3 },
	] as const;
	const network = engine.build({ inputs: 3, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
	network.initialize(rng);
	const before = [...network.state];
	engine.noiseProbe(network).run(
		set,
		Int32Array.from({ length: 20 }, (_, i) => i),
		4,
		5,
	);
	expect([...network.state]).toEqual(before);
});
