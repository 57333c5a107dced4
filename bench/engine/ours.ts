import { Rng } from "../../src/core/rng.js";
import { Engine } from "../../src/engine/engine.js";
import type { NativeProducts } from "../../src/engine/native-products.js";
import { type Case, examples } from "./cases.js";

/** Takes this many steps and returns something of each. */
type Steps = (count: number) => number;

/** Whole training steps on our engine: fill in the indices, gather, forward, loss, backward, update; as many in one call as a trial takes. */
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
	const { block } = step;
	const fill = (indices: Int32Array, from: number) => {
		for (let i = 0; i < batchSize; i++) indices[from + i] = order[at + i];
		at += batchSize;
	};
	if (block && batchSize <= block.largestBatch)
		return (count) => {
			const { counts, rates } = block;
			const { indices } = step;
			const most = block.mostSteps(batchSize);
			let sum = 0;
			for (let done = 0; done < count; ) {
				if (at + batchSize > examples) at = 0;
				const steps = Math.min(count - done, most, Math.floor((examples - at) / batchSize));
				for (let t = 0; t < steps; t++) {
					fill(indices, t * batchSize);
					counts[t] = batchSize;
					rates[t] = 0.001;
				}
				done += block.run(steps);
				for (let t = 0; t < steps; t++) sum += block.loss(t);
				if (Number.isNaN(sum)) break;
			}
			return sum;
		};
	return (count) => {
		const { indices } = step;
		let sum = 0;
		for (let t = 0; t < count; t++) {
			if (at + batchSize > examples) at = 0;
			fill(indices, 0);
			const report = step.run(batchSize, 0.001);
			sum += perExample ? report.loss + report.perExample[0] : report.loss;
		}
		return sum;
	};
}
