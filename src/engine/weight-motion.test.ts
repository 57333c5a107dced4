import { expect, test } from "vitest";
import { Rng } from "../core/rng.js";
import { Engine } from "./engine.js";

test("distance from the start and update norm, in all and layer by layer", () => {
	const engine = Engine.create();
	const network = engine.build({
		inputs: 3,
		layers: [{ kind: "dense", units: 5 }, { kind: "relu" }, { kind: "dense", units: 2 }],
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction: "mean",
	});
	const rng = Rng.fromSeed(1);
	const features = Float32Array.from({ length: 24 }, () => rng.normal());
	const set = engine.load({ features, labels: Int32Array.from({ length: 8 }, (_, i) => i % 2), count: 8, width: 3 });
	const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set);
	const motion = engine.weightMotion(network);
	step.indices.set([0, 1, 2, 3, 4, 5, 6, 7]);
	network.initialize(rng);
	motion.begin();
	expect(motion.measure()).toEqual({
		distance: 0,
		update: 0,
		layers: [
			{ distance: 0, update: 0 },
			{ distance: 0, update: 0 },
		],
	});
	const start = Float64Array.from(network.parameters);
	step.run(8, 0.1);
	step.run(8, 0.1);
	motion.mark();
	const marked = Float64Array.from(network.parameters);
	step.run(8, 0.1);
	const norm = (since: Float64Array, from: number, to: number) =>
		Math.sqrt(since.subarray(from, to).reduce((sum, w, i) => sum + (network.parameters[from + i] - w) ** 2, 0));
	const { layers, ...all } = motion.measure();
	// 20 parameters, then 12. Sums in double precision, in another order.
	for (const [{ distance, update }, from, to] of [[all, 0, 32] as const, [layers[0], 0, 20] as const, [layers[1], 20, 32] as const]) {
		expect(Math.abs(distance / norm(start, from, to) - 1)).toBeLessThan(1e-14);
		expect(Math.abs(update / norm(marked, from, to) - 1)).toBeLessThan(1e-14);
	}
	expect(all.update).toBeGreaterThan(0);
	expect(layers).toHaveLength(2);
});
