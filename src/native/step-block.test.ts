import { expect, test } from "vitest";
import { widestVectors } from "../../test/fixtures/widest-vectors.js";
import { Rng } from "../core/rng.js";
import { Engine } from "../engine/engine.js";

const vectors = await widestVectors();

test.skipIf(!vectors)("a mini-batch that there is no room for is refused: C would write beyond it", () => {
	const examples = 4000;
	const rng = Rng.fromSeed(1);
	const engine = Engine.create(vectors);
	const features = Float32Array.from({ length: 2 * examples }, () => rng.uniform());
	const set = engine.load({ count: examples, width: 2, features, labels: new Int32Array(examples) });
	const layers = [{ kind: "dense", units: 3 }] as const;
	const network = engine.build({ inputs: 2, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
	const { block } = engine.trainingStep(network, engine.sgd(network, { momentum: 0 }), set);
	if (!block) throw new Error("a dense network has steps together");
	const { counts, rates, largestBatch, room } = block;
	expect(largestBatch).toBeLessThan(examples);
	rates.fill(0.1);
	counts[0] = largestBatch + 1;
	expect(() => block.run(1)).toThrow(/internal: a mini-batch of/);
	const steps = Math.floor(room / largestBatch) + 1;
	counts.fill(largestBatch, 0, steps);
	expect(() => block.run(steps)).toThrow(/internal: .* steps on .* examples/);
	counts[0] = 2;
	expect(block.run(1)).toBe(1);
});
