import { Rng } from "../../src/core/rng.js";
import { Engine } from "../../src/engine/engine.js";
import type { NativeProducts } from "../../src/engine/native-products.js";
import { type Case, examples } from "./cases.js";

/** Takes this many steps and returns something of each. */
type Steps = (count: number) => number;

/** Whole training steps on our engine: fill in the indices, gather, forward, loss, backward, update. */
export function ourSteps({ inputs, image, layers, classes, batchSize }: Case, native: NativeProducts | null, perExample: boolean): Steps {
	const rng = Rng.fromSeed(1);
	const engine = Engine.create(native);
	const set = engine.load({
		count: examples,
		width: inputs,
		features: Float32Array.from({ length: examples * inputs }, () => rng.uniform()),
		labels: Int32Array.from({ length: examples }, () => rng.below(classes)),
	});
	const network = engine.build({
		inputs,
		...(image && { image }),
		layers,
		init: "he-normal",
		loss: "softmax-cross-entropy",
		reduction: "mean",
	});
	const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set, { perExample });
	network.initialize(rng.split("weights"));
	const order = Int32Array.from({ length: examples }, (_, i) => i);
	rng.shuffle(order);
	let at = 0;
	return (count) => {
		const { indices } = step;
		let sum = 0;
		for (let t = 0; t < count; t++) {
			if (at + batchSize > examples) at = 0;
			for (let i = 0; i < batchSize; i++) indices[i] = order[at + i];
			at += batchSize;
			const report = step.run(batchSize, 0.001);
			sum += perExample ? report.loss + report.perExample[0] : report.loss;
		}
		return sum;
	};
}
