import { sha256Hex } from "../../../src/core/canonical.js";
import { Rng } from "../../../src/core/rng.js";
import { Engine } from "../../../src/engine/engine.js";
import type { LayerSpec } from "../../../src/engine/network-spec.js";
import type { OptimizerSpec } from "../../../src/engine/optimizers/spec.js";

const dense = (units: number): LayerSpec => ({ kind: "dense", units });
const relu: LayerSpec = { kind: "relu" };
const sgd: OptimizerSpec = { name: "sgd", momentum: 0.9, weightDecay: 0.001 };

interface Recipe {
	readonly inputs: number;
	readonly layers: readonly LayerSpec[];
	readonly classes: number;
	readonly optimizer?: OptimizerSpec;
}

/** Every kernel takes part: packed and unpacked products, single rows, every activation, dropout, and the optimizers. */
const recipes: Readonly<Record<string, Recipe>> = {
	"2-50-3": { inputs: 2, layers: [dense(50), relu, dense(3)], classes: 3 },
	"300-128-96-10": { inputs: 300, layers: [dense(128), relu, dense(96), relu, dense(10)], classes: 10 },
	activations: {
		inputs: 13,
		layers: [dense(33), { kind: "tanh" }, dense(31), { kind: "gelu" }, dense(17), { kind: "sigmoid" }, dense(5)],
		classes: 5,
	},
	"dropout, Adam": {
		inputs: 20,
		layers: [dense(64), { kind: "leaky-relu", slope: 0.01 }, { kind: "dropout", rate: 0.5 }, dense(4)],
		classes: 4,
		optimizer: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
	},
};

const batchSizes = [1, 3, 32, 500, 1300];
const examples = 1500;
const steps = 12;

/** SHA-256 of the weights' bytes after some steps: of every network, at every batch size. */
export function weightDigests(): Record<string, string> {
	const digests: Record<string, string> = {};
	for (const [name, { inputs, layers, classes, optimizer = sgd }] of Object.entries(recipes)) {
		const rng = Rng.fromSeed(5);
		const engine = Engine.create();
		const network = engine.build({ inputs, layers, init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" });
		const features = Float32Array.from({ length: examples * inputs }, () => rng.normal());
		const labels = Int32Array.from({ length: examples }, () => rng.below(classes));
		const set = engine.load({ count: examples, width: inputs, features, labels });
		const step = engine.trainingStep(network, engine.optimizer(network, optimizer), set);
		for (const batchSize of batchSizes) {
			network.initialize(Rng.fromSeed(6));
			for (let t = 0; t < steps; t++) {
				for (let i = 0; i < batchSize; i++) step.indices[i] = rng.below(examples);
				step.run(batchSize, 0.01);
			}
			const { buffer, byteOffset, byteLength } = network.parameters;
			digests[`${name}, batch size ${batchSize}`] = sha256Hex(new Uint8Array(buffer, byteOffset, byteLength));
		}
	}
	return digests;
}
