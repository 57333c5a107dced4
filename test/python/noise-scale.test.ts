import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { gradientMoments } from "../../src/analysis/noise-scale.js";
import { Rng } from "../../src/core/rng.js";
import { loadDataset } from "../../src/data/load.js";
import { Engine } from "../../src/engine/engine.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { pythonWith } from "../fixtures/python.js";
import { runPython } from "./python-process.js";

const python = pythonWith("torch");

interface Reported {
	readonly small: { readonly batch: number; readonly squaredNorm: number };
	readonly big: { readonly batch: number; readonly squaredNorm: number };
}

test.skipIf(python === null)(
	"the PyTorch helper finds the noise scale that our engine finds at the same weights (needs python3 with torch)",
	async () => {
		const { train, width } = await loadDataset({ name: "digits" }, readBytes);
		const engine = Engine.create();
		const set = engine.load({ ...train, width });
		const layers = [{ kind: "dense", units: 64 }, { kind: "relu" }, { kind: "dense", units: 10 }] as const;
		const network = engine.build({ inputs: width, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
		network.initialize(Rng.fromSeed(1));
		const every = Int32Array.from({ length: train.count }, (_, i) => i);
		const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set);
		for (let t = 0; t < 5; t++) {
			step.indices.set(every);
			step.run(train.count, 0.25);
		}
		const input = {
			features: Array.from({ length: train.count }, (_, i) => [...train.features.subarray(i * width, (i + 1) * width)]),
			labels: [...train.labels],
			parameters: [...network.parameters],
		};
		const { said } = runPython(python, [fileURLToPath(new URL("per_example_norms.py", import.meta.url))], JSON.stringify(input));
		const { small, big } = JSON.parse(said) as Reported;

		// All examples, each on its own: both sides see everything, so their moments are the truth but for rounding.
		const probe = { step: 5, groupSize: train.count, ...engine.noiseProbe(network).run(set, every, 1, train.count) };
		const ours = gradientMoments(probe, train.count);
		const variance = (small.squaredNorm - big.squaredNorm) / (1 / small.batch - 1 / big.batch);
		expect([small.batch, big.batch]).toEqual([1, train.count]);
		// Single precision; |G|² is a sum over examples that cancels to a tenth of its terms or less.
		expect(Math.abs(variance / ours.variance - 1)).toBeLessThan(1e-5);
		expect(Math.abs(big.squaredNorm / ours.signal - 1)).toBeLessThan(1e-5);
		expect(ours.variance / ours.signal).toBeGreaterThan(1);
	},
);
