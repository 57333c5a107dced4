import type { Rng } from "../core/rng.js";
import { type Activation, allocateActivation } from "./activation.js";
import type { Arena, Block } from "./arena.js";
import { type BatchStatistics, batchStatistics, commonMultiple } from "./batch-statistics.js";
import type { ExampleSet } from "./example-set.js";
import type { GradientSink, Kernels, Pointer } from "./kernels.js";
import { totalSizes } from "./layer-sizes.js";
import { LayerState } from "./layer-state.js";
import { buildLayers } from "./layers/build.js";
import type { PlacedLayer } from "./layers/chain.js";
import type { RowNorms } from "./layers/layer.js";
import { buildLoss } from "./losses/build.js";
import type { Loss } from "./losses/loss.js";
import type { NetworkCall, NetworkCalls } from "./native-products.js";
import type { NetworkSpec } from "./network-spec.js";
import type { Optimizer } from "./optimizers/optimizer.js";
import { Parameters } from "./parameters.js";
import { checkFit, checkNetwork } from "./shapes.js";
import { StepBlock } from "./step-block.js";
import { StepProgram } from "./step-program.js";

/** Examples that go through a network together, at most; floats of their activations, at most (64 MB, and as much again for gradients). */
const largestChunk = 1024;
const chunkActivations = 2 ** 24;

/** Loss and hits of some examples. */
export interface SetMetrics {
	/** Mean over the examples; NaN when the network has diverged. */
	readonly loss: number;
	/** Examples that are classified correctly; NaN where nothing is classified. */
	readonly correct: number;
}

/**
 * A network in the engine's memory. One network serves mini-batches of every size: larger ones than `chunk` go through in chunks, in fixed
 * order. The additions that make up a gradient are in the same order however it is cut, so the cut doesn't show in a single bit.
 */
export class Network {
	/** Width of the last layer. */
	readonly outputs: number;
	/** Examples that go through together, at most. */
	readonly chunk: number;
	/** Whether a single example's gradient, and so its norm, is defined in every layer. */
	readonly perExampleNorms: "defined" | "not defined";
	readonly block: Parameters;
	readonly loss: Loss;
	/** One number: |∇|² as last measured. */
	readonly squaredNorm: Block<Float64Array>;
	readonly #state: LayerState;
	readonly #statistics: BatchStatistics | null;
	readonly #placed: readonly PlacedLayer[];
	readonly #input: Activation;
	readonly #output: Activation;
	readonly #memory: { readonly buffer: ArrayBuffer };
	readonly #gatheredRows: Pointer;
	readonly #gatheredTruth: Pointer;
	#truth: Pointer;
	/** Of a step, for each example. */
	readonly #multiplications: number;
	/** Null where passes go layer by layer. */
	readonly #program: StepProgram | null;
	readonly #optimizers: Optimizer[] = [];

	/** `chunkMultiplications`: of one chunk, at most. `calls`: compute whole passes and steps, if anything does. Throws `model/misfit`. */
	constructor(
		readonly spec: NetworkSpec,
		private readonly kernels: Kernels,
		arena: Arena,
		chunkMultiplications: number,
		private readonly calls: NetworkCalls | null = null,
	) {
		const shape = checkNetwork(spec);
		const { parameters, state, multiplications, activations } = totalSizes(spec.layers, shape);
		this.#multiplications = 3 * multiplications;
		this.#statistics = batchStatistics(spec.layers, shape);
		this.chunk = chunkFor(this.#statistics, spec, chunkSize(this.#multiplications, chunkMultiplications, activations));
		this.block = new Parameters(arena, parameters);
		this.#state = new LayerState(arena, state);
		this.#input = allocateActivation(arena, spec.inputs, this.chunk, false); // nothing to learn from the gradient of the data
		const ground = { kernels, arena, rows: this.chunk, parameters: this.block, state: this.#state, init: spec.init };
		const { placed, output } = buildLayers(spec.layers, shape, this.#input, ground);
		this.outputs = output.width;
		this.#output = output;
		this.#memory = arena.memory;
		this.#placed = placed;
		this.loss = buildLoss(spec, output, this.chunk, kernels, arena);
		this.#gatheredRows = this.#input.values;
		this.#gatheredTruth = this.loss.truth === "labels" ? arena.integers(this.chunk).pointer : arena.allocate(this.chunk * output.stride);
		this.#truth = this.#gatheredTruth;
		this.squaredNorm = arena.doubles(1);
		this.#program = calls && this.#programFor(calls.pass, arena);
		this.perExampleNorms = placed.every(({ layer }) => layer.perExampleNorms === "defined") ? "defined" : "not defined";
	}

	/** Examples of the largest mini-batch; Infinity where it may be cut into chunks. */
	get largestBatch(): number {
		return this.#statistics?.whole ? this.chunk : Number.POSITIVE_INFINITY;
	}

	/**
	 * Examples whose gradients exist only together: those of a ghost batch, or of all that are ghost batches somewhere; 1 where each example
	 * has its own, or a mini-batch of any size is one.
	 */
	get examplesTogether(): number {
		return this.#statistics ? commonMultiple(this.#statistics.ghosts) : 1;
	}

	get parameterCount(): number {
		return this.block.count;
	}

	/** The parameters themselves, layer after layer: to read, to copy, to set. Valid until the engine loads or builds something. */
	get parameters(): Float32Array {
		return this.block.values.view;
	}

	/**
	 * What layers keep from step to step in addition to the parameters, as bits: to copy, and to put back. Valid until the engine loads or
	 * builds something.
	 */
	get state(): Int32Array {
		return this.#state.words.view;
	}

	/** What the last backward pass left, unless it was applied at once. */
	get gradients(): Float32Array {
		return this.block.gradients.view;
	}

	/** Has `optimizer` reset whenever this network begins anew. */
	attach(optimizer: Optimizer): void {
		this.#optimizers.push(optimizer);
	}

	/** Draws all parameters and states, each layer from `rng.split(its place in the specification)`, and resets the optimizers. */
	initialize(rng: Rng): void {
		for (const { layer, index } of this.#placed) layer.initialize(rng.split(index));
		for (const optimizer of this.#optimizers) optimizer.reset();
	}

	/**
	 * Loss and hits on `count` examples of the set from `from` on, at the present weights: nothing is dropped, and statistics of a batch are
	 * the running ones. Throws `model/misfit`.
	 */
	evaluate(set: ExampleSet, from = 0, count = set.count - from): SetMetrics {
		checkFit(this, set);
		let loss = 0;
		let correct = 0;
		for (let done = 0; done < count; done += this.chunk) {
			const rows = Math.min(this.chunk, count - done);
			if (this.#program) this.#program.evaluate(set, from + done, rows);
			else {
				this.#place(set, from + done);
				this.#forward(rows, false);
				this.loss.evaluate(rows, this.#truth);
			}
			const totals = this.loss.totals.view;
			loss += totals[0];
			correct += totals[1];
		}
		return { loss: loss / count, correct };
	}

	/**
	 * Copies what the last layer puts out for each example of a set, at the present weights, to `into`: count × outputs, row-major; of a
	 * classification these are logits. Changes nothing. Throws `model/misfit`.
	 */
	predict(set: ExampleSet, into: Float32Array): void {
		checkFit(this, set);
		const { values, stride, width } = this.#output;
		for (let done = 0; done < set.count; done += this.chunk) {
			const rows = Math.min(this.chunk, set.count - done);
			this.#place(set, done);
			this.#forward(rows, false);
			for (let row = 0; row < rows; row++)
				into.set(new Float32Array(this.#memory.buffer, values + row * stride, width), (done + row) * width);
		}
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
		if (this.#program !== null) {
			this.#program.differentiate(set, indicesAt + 4 * from, rows, divisor, sink, norms);
			return;
		}
		if (rows === 1) this.#place(set, indices[from]);
		else {
			this.#input.values = this.#gatheredRows;
			this.#truth = this.#gatheredTruth;
			this.#gather(set, indicesAt + 4 * from, rows);
		}
		this.#forward(rows, true);
		this.loss.differentiate(rows, this.#truth, divisor);
		for (let i = this.#placed.length - 1; i >= 0; i--) this.#placed[i].layer.backward(rows, sink, norms);
	}

	/** Several steps on a set that fits in one call, on the examples at `indices`; null where nothing computes that. */
	stepBlock(set: ExampleSet, optimizer: Optimizer, indices: Block<Int32Array>, arena: Arena): StepBlock | null {
		if (this.calls === null || this.#program === null) return null;
		const { chunk, parameterCount, spec } = this;
		const size = { largestBatch: chunk, multiplications: this.#multiplications, parameters: parameterCount };
		const trained = { set, indices, optimizer, mean: spec.reduction === "mean" };
		return new StepBlock(this.calls.steps, this.#program, trained, size, arena);
	}

	/** Takes |∇|² of what stands in the gradient block. */
	measureGradient(): void {
		this.kernels.squaredNorm(this.block.gradients.pointer, this.block.count, this.squaredNorm.pointer);
	}

	/** Shortens what stands in the gradient block to `limit`, going by |∇|² as last measured. */
	clipGradient(limit: number): void {
		this.kernels.clipNorm(this.block.gradients.pointer, this.block.count, this.squaredNorm.pointer, limit);
	}

	/** Null where a layer can't be part of it. */
	#programFor(call: NetworkCall, arena: Arena): StepProgram | null {
		const operations = this.#placed.map(({ layer }) => layer.operation?.());
		if (!operations.every((operation) => operation !== undefined)) return null;
		const gathered = { input: this.#input, rows: this.#gatheredRows, truth: this.#gatheredTruth };
		return new StepProgram(call, operations, this.loss.operation(), gathered, this.kernels.requestAt(), arena);
	}

	/** Reads the input where it lies: examples of a set that are neighbours need not be gathered. */
	#place(set: ExampleSet, first: number): void {
		this.#input.values = set.features + first * set.stride;
		this.#truth = set.truth + first * set.truthStride;
	}

	#gather(set: ExampleSet, indices: Pointer, rows: number): void {
		const { kernels } = this;
		if (this.loss.truth === "labels") {
			kernels.gather(set.features, set.truth, set.stride, indices, rows, this.#gatheredRows, this.#gatheredTruth);
			return;
		}
		kernels.gatherRows(set.features, set.stride, indices, rows, this.#gatheredRows);
		kernels.gatherRows(set.truth, set.truthStride, indices, rows, this.#gatheredTruth);
	}

	#forward(rows: number, training: boolean): void {
		for (let i = 0; i < this.#placed.length; i++) this.#placed[i].layer.forward(rows, training);
	}
}

/** Parameters of a network, before it is built. */
export const parameterCount = (spec: NetworkSpec): number => totalSizes(spec.layers, checkNetwork(spec)).parameters;

/** The largest power of two that keeps to all limits, but at least 32: small enough to stop a long step soon, large enough to be fast. */
function chunkSize(multiplications: number, chunkMultiplications: number, activations: number): number {
	let chunk = largestChunk;
	while (chunk > 32 && (chunk * multiplications > chunkMultiplications || chunk * activations > chunkActivations)) chunk /= 2;
	return chunk;
}

/** Chunks are cut between ghost batches, or not at all. */
function chunkFor(statistics: BatchStatistics | null, { largestBatch = largestChunk }: NetworkSpec, chunk: number): number {
	if (!statistics) return chunk;
	if (statistics.whole) return Math.max(chunk, largestBatch);
	const together = commonMultiple(statistics.ghosts);
	return Math.max(together, Math.floor(chunk / together) * together);
}
