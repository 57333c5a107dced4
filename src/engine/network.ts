import type { Rng } from "../core/rng.js";
import type { Activation } from "./activation.js";
import type { Arena, Block } from "./arena.js";
import type { ExampleSet } from "./example-set.js";
import type { GradientSink, Kernels, Pointer } from "./kernels.js";
import { buildLayers, type PlacedLayer } from "./layers/build.js";
import type { RowNorms } from "./layers/layer.js";
import { SoftmaxCrossEntropy } from "./losses/softmax-cross-entropy.js";
import type { NetworkSpec } from "./network-spec.js";
import type { Optimizer } from "./optimizers/optimizer.js";
import type { Parameters } from "./parameters.js";
import { checkFit, layerWidths } from "./shapes.js";

/** Examples that go through a network together, at most. */
const largestChunk = 1024;

/** Loss and hits of some examples. */
export interface SetMetrics {
	/** Mean over the examples, in nats; NaN when the network has diverged. */
	readonly loss: number;
	/** Examples whose largest logit (the first of equals) is that of their label. */
	readonly correct: number;
}

/**
 * A network in the engine's memory. One network serves mini-batches of every size: larger ones than `chunk` go through in chunks, in fixed
 * order. The additions that make up a gradient are in the same order however it is cut, so the cut doesn't show in a single bit.
 */
export class Network {
	readonly classes: number;
	/** Examples that go through together, at most. */
	readonly chunk: number;
	/** Whether a single example's gradient, and so its norm, is defined in every layer. */
	readonly perExampleNorms: "defined" | "not defined";
	readonly block: Parameters;
	readonly #placed: readonly PlacedLayer[];
	readonly loss: SoftmaxCrossEntropy;
	readonly #input: Activation;
	readonly #gatheredRows: Pointer;
	readonly #gatheredLabels: Pointer;
	#labels: Pointer;
	readonly #squaredNorm: Block<Float64Array>;
	readonly #optimizers: Optimizer[] = [];

	/** `chunkMultiplications`: of one chunk, at most. Throws `model/misfit`. */
	constructor(
		readonly spec: NetworkSpec,
		private readonly kernels: Kernels,
		arena: Arena,
		chunkMultiplications: number,
	) {
		const widths = layerWidths(spec);
		this.classes = widths[widths.length - 1];
		this.chunk = chunkSize(spec, widths, chunkMultiplications);
		const built = buildLayers(spec, widths, this.chunk, kernels, arena);
		this.block = built.parameters;
		this.#placed = built.placed;
		this.#input = built.input;
		this.#gatheredRows = built.input.values;
		this.#gatheredLabels = arena.integers(this.chunk).pointer;
		this.#labels = this.#gatheredLabels;
		this.#squaredNorm = arena.doubles(1);
		this.loss = new SoftmaxCrossEntropy(kernels, built.output, arena, this.chunk);
		this.perExampleNorms = built.placed.every(({ layer }) => layer.perExampleNorms === "defined") ? "defined" : "not defined";
	}

	get parameterCount(): number {
		return this.block.count;
	}

	/** The parameters themselves, layer after layer: to read, to copy, to set. Valid until the engine loads or builds something. */
	get parameters(): Float32Array {
		return this.block.values.view;
	}

	/** What the last backward pass left, unless it was applied at once. */
	get gradients(): Float32Array {
		return this.block.gradients.view;
	}

	/** Has `optimizer` reset whenever this network begins anew. */
	attach(optimizer: Optimizer): void {
		this.#optimizers.push(optimizer);
	}

	/** Draws all parameters, each layer from `rng.split(its place in the specification)`, and resets the optimizers. */
	initialize(rng: Rng): void {
		for (const { layer, index } of this.#placed) layer.initialize(rng.split(index));
		for (const optimizer of this.#optimizers) optimizer.reset();
	}

	/** Loss and hits on `count` examples of the set from `from` on, at the present weights. Throws `model/misfit`. */
	evaluate(set: ExampleSet, from = 0, count = set.count - from): SetMetrics {
		checkFit(this, set);
		let loss = 0;
		let correct = 0;
		for (let done = 0; done < count; done += this.chunk) {
			const rows = Math.min(this.chunk, count - done);
			this.#place(set, from + done);
			this.#forward(rows);
			this.loss.evaluate(rows, this.#labels);
			loss += this.loss.total;
			correct += this.loss.correct;
		}
		return { loss: loss / count, correct };
	}

	/**
	 * Forward and backward pass of at most `chunk` examples of a set that fits, those at `indices`; their losses and hits
	 * are then in `loss`. The gradient is that of the sum of losses divided by `divisor`, an integer (which, unlike 1/B, JavaScript
	 * hands on without allocating).
	 */
	differentiate(
		set: ExampleSet,
		indices: Int32Array,
		indicesAt: Pointer,
		from: number,
		rows: number,
		divisor: number,
		sink: GradientSink,
		norms: RowNorms | null,
	): void {
		if (rows === 1) this.#place(set, indices[from]);
		else {
			this.#input.values = this.#gatheredRows;
			this.#labels = this.#gatheredLabels;
			this.kernels.gather(set.features, set.labels, set.stride, indicesAt + 4 * from, rows, this.#gatheredRows, this.#gatheredLabels);
		}
		this.#forward(rows);
		this.loss.differentiate(rows, this.#labels, divisor);
		for (let i = this.#placed.length - 1; i >= 0; i--) this.#placed[i].layer.backward(rows, sink, norms);
	}

	/** Takes |∇|² of what stands in the gradient block. */
	measureGradient(): void {
		this.kernels.squaredNorm(this.block.gradients.pointer, this.block.count, this.#squaredNorm.pointer);
	}

	/** |∇|² as last measured. */
	get squaredGradientNorm(): number {
		return this.#squaredNorm.view[0];
	}

	/** Reads the input where it lies: examples of a set that are neighbours need not be gathered. */
	#place(set: ExampleSet, first: number): void {
		this.#input.values = set.features + first * set.stride;
		this.#labels = set.labels + 4 * first;
	}

	#forward(rows: number): void {
		for (let i = 0; i < this.#placed.length; i++) this.#placed[i].layer.forward(rows);
	}
}

/** The largest power of two that keeps to both limits, but at least 32: small enough to stop a long step soon, large enough to be fast. */
function chunkSize(spec: NetworkSpec, widths: readonly number[], chunkMultiplications: number): number {
	let perExample = 0;
	for (const [index, layer] of spec.layers.entries())
		if (layer.kind === "dense") perExample += 3 * layer.units * (index === 0 ? spec.inputs : widths[index - 1]);
	let chunk = largestChunk;
	while (chunk > 32 && chunk * perExample > chunkMultiplications) chunk /= 2;
	return chunk;
}
