import type { Activation } from "./activation.js";
import type { Arena, Block } from "./arena.js";
import type { ExampleSet } from "./example-set.js";
import { floatBits } from "./float-bits.js";
import type { GradientSink, Pointer } from "./kernels.js";
import type { RowNorms } from "./layers/layer.js";
import type { NetworkCall } from "./native-products.js";
import type { LayerOperation, LossOperation } from "./operation.js";

/** Where a chunk is gathered. */
interface Gathered {
	readonly input: Activation;
	readonly rows: Pointer;
	readonly truth: Pointer;
}

/** As vector/step.h numbers them. */
const layerKinds = { dense: 0, relu: 1, "leaky-relu": 2, tanh: 3, sigmoid: 4, gelu: 5 } as const;
const lossKinds = { "softmax-cross-entropy": 0, "binary-cross-entropy": 1, "mean-squared-error": 2 } as const;
const rectifies = 1;
const isRectified = 2;

/** Where a call's words are among those of struct program in vector/step.h. */
const place = {
	...{ rows: 6, training: 7, divisor: 8, sink: 9, features: 10, featuresStride: 11, truth: 12, truthStride: 13 },
	...{ indices: 14, norms: 15, normsDivisor: 16 },
} as const;
const programWords = 17;

/**
 * A network whose passes are computed outside of WebAssembly in one call each, to the same bits: laid out once in the engine's memory, as
 * vector/step.h describes it. Allocates nothing in a call.
 */
export class StepProgram {
	readonly #words: Block<Int32Array>;

	constructor(
		private readonly call: NetworkCall,
		layers: readonly LayerOperation[],
		loss: LossOperation,
		gathered: Gathered,
		request: Pointer,
		arena: Arena,
	) {
		const layerWords = laidOut(
			arena,
			layers.flatMap((layer) => wordsOfLayer(layer, gathered.input)),
		);
		const lossWords = laidOut(arena, wordsOfLoss(loss));
		this.#words = arena.integers(programWords);
		this.#words.view.set([layerWords, layers.length, lossWords, request, gathered.rows, gathered.truth]);
	}

	/** The loss of `rows` examples of a set from `first` on. */
	evaluate(set: ExampleSet, first: number, rows: number): void {
		const words = this.#words.view;
		words[place.rows] = rows;
		words[place.training] = 0;
		words[place.features] = set.features + first * set.stride;
		words[place.featuresStride] = set.stride;
		words[place.truth] = set.truth + first * set.truthStride;
		words[place.truthStride] = set.truthStride;
		words[place.indices] = 0;
		this.call(this.#words.pointer);
	}

	/** Loss and gradients of the examples at `rows` indices. */
	differentiate(set: ExampleSet, indices: Pointer, rows: number, divisor: number, sink: GradientSink, norms: RowNorms | null): void {
		this.prepare(set, indices, sink, norms);
		const words = this.#words.view;
		words[place.rows] = rows;
		words[place.divisor] = divisor;
		this.call(this.#words.pointer);
	}

	/** Sets everything for loss and gradients but rows and their divisor; returns where the program lies. */
	prepare(set: ExampleSet, indices: Pointer, sink: GradientSink, norms: RowNorms | null): Pointer {
		const words = this.#words.view;
		words[place.training] = 1;
		words[place.sink] = sink;
		words[place.features] = set.features;
		words[place.featuresStride] = set.stride;
		words[place.truth] = set.truth;
		words[place.truthStride] = set.truthStride;
		words[place.indices] = indices;
		words[place.norms] = norms === null ? 0 : norms.at;
		words[place.normsDivisor] = norms === null ? 0 : norms.divisor;
		return this.#words.pointer;
	}
}

function laidOut(arena: Arena, words: readonly number[]): Pointer {
	const block = arena.integers(words.length);
	block.view.set(words);
	return block.pointer;
}

function wordsOfLayer({ kind, input, output, dense, slope = 0 }: LayerOperation, first: Activation): readonly number[] {
	return [
		...[layerKinds[kind], input === first ? 0 : input.values, input.gradient, input.stride],
		...[output.values, output.gradient, output.stride, input.width, output.width],
		...[dense?.parameters ?? 0, dense?.gradients ?? 0, (dense?.rectify ? rectifies : 0) + (dense?.rectified ? isRectified : 0)],
		floatBits(slope),
	];
}

const wordsOfLoss = ({ kind, outputs, totals, sums = 0, smoothing = 0 }: LossOperation): readonly number[] => [
	...[lossKinds[kind], outputs.values, outputs.gradient, outputs.stride, outputs.width, sums, totals, smoothing],
];
