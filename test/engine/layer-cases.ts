import { Rng } from "../../src/core/rng.js";
import { Engine } from "../../src/engine/engine.js";
import type { LayerSpec, NetworkSpec } from "../../src/engine/network-spec.js";
import type { StepMeasures } from "../../src/engine/training-step.js";

const dense = (units: number): LayerSpec => ({ kind: "dense", units });
const network = (inputs: number, layers: readonly LayerSpec[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
	inputs,
	layers,
	init: "glorot-normal",
	loss: "softmax-cross-entropy",
	reduction: "mean",
	...more,
});
const between = (...layers: readonly LayerSpec[]): NetworkSpec => network(5, [dense(7), ...layers, dense(3)]);

/** A network for every layer and every loss. */
export const layerCases: Readonly<Record<string, NetworkSpec>> = {
	dense: between(),
	relu: between({ kind: "relu" }, { kind: "relu" }),
	"leaky relu": between({ kind: "leaky-relu", slope: 0.1 }),
	tanh: between({ kind: "tanh" }),
	sigmoid: between({ kind: "sigmoid" }),
	gelu: between({ kind: "gelu" }),
	dropout: between({ kind: "dropout", rate: 0.3 }, dense(9), { kind: "dropout", rate: 0.1 }),
	"label smoothing": network(5, [dense(6), { kind: "tanh" }, dense(4)], { labelSmoothing: 0.1 }),
	"binary cross-entropy": network(5, [dense(6), { kind: "tanh" }, dense(1)], { loss: "binary-cross-entropy" }),
	"squared error": network(5, [dense(6), { kind: "gelu" }, dense(3)], { loss: "mean-squared-error" }),
};

/** The network on `count` random examples, begun, and ready for steps without momentum. */
export function setUp(spec: NetworkSpec, count: number, measures: StepMeasures = {}) {
	const rng = Rng.fromSeed(17);
	const engine = Engine.create();
	const outputs = engine.build(spec).outputs;
	const classes = spec.loss === "binary-cross-entropy" ? 2 : outputs;
	const set = engine.load({
		count,
		width: spec.inputs,
		features: Float32Array.from({ length: count * spec.inputs }, () => rng.normal()),
		labels: Int32Array.from({ length: count }, () => rng.below(classes)),
		...(spec.loss === "mean-squared-error" && { targets: Float32Array.from({ length: count * outputs }, () => rng.normal()) }),
	});
	const built = engine.build(spec);
	const step = engine.trainingStep(built, engine.sgd(built, { momentum: 0 }), set, measures);
	built.initialize(Rng.fromSeed(23));
	return { engine, set, network: built, step };
}

export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
