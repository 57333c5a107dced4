import { Rng } from "../../src/core/rng.js";
import { Engine } from "../../src/engine/engine.js";
import type { NativeProducts } from "../../src/engine/native-products.js";
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

interface Convolution {
	readonly size?: number;
	readonly stride?: number;
	readonly padding?: number;
}
const conv = (filters: number, { size = 3, stride = 1, padding = 0 }: Convolution = {}): LayerSpec => ({
	...{ kind: "conv", filters, size, stride, padding },
});
const onImages = (height: number, width: number, channels: number, layers: readonly LayerSpec[]): NetworkSpec =>
	network(height * width * channels, layers, { image: { height, width, channels } });

/** A network for every layer and every loss. */
export const layerCases: Readonly<Record<string, NetworkSpec>> = {
	dense: between(),
	relu: between({ kind: "relu" }, { kind: "relu" }),
	"leaky relu": between({ kind: "leaky-relu", slope: 0.1 }),
	tanh: between({ kind: "tanh" }),
	sigmoid: between({ kind: "sigmoid" }),
	gelu: between({ kind: "gelu" }),
	dropout: between({ kind: "dropout", rate: 0.3 }, dense(9), { kind: "dropout", rate: 0.1 }),
	convolution: onImages(6, 5, 2, [conv(3), { kind: "tanh" }, conv(5, { padding: 1 }), { kind: "flatten" }, dense(3)]),
	"convolution and relu": onImages(5, 5, 1, [conv(4, { padding: 2 }), { kind: "relu" }, conv(2), { kind: "relu" }, dense(3)]),
	"convolution with strides": onImages(7, 9, 3, [
		conv(5, { stride: 2, padding: 1 }),
		{ kind: "gelu" },
		conv(2, { size: 2, stride: 2 }),
		dense(3),
	]),
	"pointwise convolution": onImages(3, 4, 3, [
		conv(7, { size: 1 }),
		{ kind: "tanh" },
		conv(3, { size: 1 }),
		{ kind: "global-average-pool" },
	]),
	"max pooling": onImages(6, 5, 2, [conv(3, { padding: 1 }), { kind: "max-pool", size: 2, stride: 2 }, dense(3)]),
	"overlapping max pooling": onImages(6, 6, 1, [conv(5), { kind: "max-pool", size: 3, stride: 1 }, dense(3)]),
	"average pooling": onImages(6, 5, 2, [conv(3, { padding: 1 }), { kind: "average-pool", size: 2, stride: 2 }, dense(3)]),
	"global average pooling": onImages(5, 4, 2, [conv(6), { kind: "tanh" }, { kind: "global-average-pool" }, dense(3)]),
	"layer norm": between({ kind: "layer-norm" }, { kind: "tanh" }),
	"layer norm of images": onImages(4, 3, 2, [conv(3, { padding: 1 }), { kind: "layer-norm" }, { kind: "tanh" }, dense(3)]),
	residual: between({ kind: "residual", layers: [dense(7), { kind: "tanh" }, { kind: "dropout", rate: 0.2 }, dense(7)] }),
	"residual of convolutions": onImages(5, 4, 3, [
		{ kind: "residual", layers: [conv(5, { padding: 1 }), { kind: "relu" }, conv(3, { padding: 1 }), { kind: "relu" }] },
		{ kind: "residual", layers: [{ kind: "layer-norm" }] },
		dense(3),
	]),
	"batch norm": between({ kind: "batch-norm" }, { kind: "tanh" }),
	"ghost batches": between(
		{ kind: "batch-norm", ghost: 5 },
		{ kind: "residual", layers: [{ kind: "batch-norm", ghost: 3 }] },
		{ kind: "tanh" },
	),
	"batch norm of images": onImages(4, 3, 2, [conv(5, { padding: 1 }), { kind: "batch-norm" }, { kind: "tanh" }, dense(3)]),
	"label smoothing": network(5, [dense(6), { kind: "tanh" }, dense(4)], { labelSmoothing: 0.1 }),
	"binary cross-entropy": network(5, [dense(6), { kind: "tanh" }, dense(1)], { loss: "binary-cross-entropy" }),
	"squared error": network(5, [dense(6), { kind: "gelu" }, dense(3)], { loss: "mean-squared-error" }),
};

/** The network on `count` random examples, begun, and ready for steps without momentum. */
export function setUp(spec: NetworkSpec, count: number, measures: StepMeasures = {}, native: NativeProducts | null = null) {
	const rng = Rng.fromSeed(17);
	const engine = Engine.create(native);
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
