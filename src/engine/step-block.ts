import { internal } from "../core/errors.js";
import type { Arena, Block } from "./arena.js";
import type { ExampleSet } from "./example-set.js";
import { gradientSinks } from "./kernels.js";
import type { NetworkCall } from "./native-products.js";
import type { OptimizerOperation } from "./operation.js";
import type { Optimizer } from "./optimizers/optimizer.js";
import type { StepProgram } from "./step-program.js";

/** What steps train, and with what. */
interface Trained {
	readonly set: ExampleSet;
	/** Places in the set, of all steps, one after the other. */
	readonly indices: Block<Int32Array>;
	readonly optimizer: Optimizer;
	/** Whether a gradient is the mean over its mini-batch, and not the sum. */
	readonly mean: boolean;
}

/** What a step costs. */
interface StepSize {
	readonly largestBatch: number;
	/** Of each example. */
	readonly multiplications: number;
	readonly parameters: number;
}

/** As vector/optimizers.h numbers them. */
const optimizerKinds = { sgd: 0, nesterov: 1, rmsprop: 2, adam: 3, adamw: 4 } as const;

/** Where a call's words are among those of struct block in vector/steps.h. */
const place = { steps: 0, taken: 1, program: 2 } as const;

/** Steps of a call, at most; and what they may cost, in multiplications: a few milliseconds' worth, so that a trial can be stopped soon. */
const mostSteps = 4096;
const mostMultiplications = 5e7;
/** What a step of the smallest network costs, and each of its parameters, in the time that as many multiplications take. */
const fixedCost = 5000;
const costOfParameter = 4;

/**
 * Several training steps of one network in one call, each on a mini-batch and at a rate of its own, to the bits of the same steps taken one
 * by one. The call ends early at the first loss that isn't finite. Allocates nothing.
 */
export class StepBlock {
	/** Examples of a mini-batch, at most. */
	readonly largestBatch: number;
	readonly #words: Block<Int32Array>;
	readonly #counts: Block<Int32Array>;
	readonly #rates: Block<Float64Array>;
	readonly #totals: Block<Float64Array>;

	constructor(
		private readonly call: NetworkCall,
		private readonly program: StepProgram,
		private readonly trained: Trained,
		private readonly size: StepSize,
		arena: Arena,
	) {
		this.largestBatch = size.largestBatch;
		this.#counts = arena.integers(mostSteps);
		this.#rates = arena.doubles(mostSteps);
		this.#totals = arena.doubles(2 * mostSteps);
		const words = [
			...[0, 0, 0, trained.mean ? 1 : 0, this.#counts.pointer, this.#rates.pointer, this.#totals.pointer],
			...wordsOfOptimizer(trained.optimizer.operation()),
		];
		this.#words = arena.integers(words.length);
		this.#words.view.set(words);
	}

	/** Examples of all mini-batches together, at most. */
	get room(): number {
		return this.trained.indices.length;
	}

	/** Steps on mini-batches of this size that one call may take. */
	mostSteps(batchSize: number): number {
		const { multiplications, parameters } = this.size;
		const cost = fixedCost + costOfParameter * parameters + multiplications * batchSize;
		return Math.min(mostSteps, Math.max(1, Math.floor(mostMultiplications / cost)));
	}

	/** Of each step, to be filled before `run`, as the places in the set are, one mini-batch after the other. */
	get counts(): Int32Array {
		return this.#counts.view;
	}

	get rates(): Float64Array {
		return this.#rates.view;
	}

	/**
	 * Takes so many steps, or as many as it takes until a loss isn't finite, that one included; returns how many it took. Throws `internal`
	 * where their mini-batches are larger than there is room for: C would write beyond it.
	 */
	run(steps: number): number {
		this.#requireRoom(steps);
		const { set, indices, optimizer } = this.trained;
		optimizer.begin(this.#rates.view[0]);
		const words = this.#words.view;
		words[place.steps] = steps;
		words[place.program] = this.program.prepare(set, indices.pointer, optimizer.fused ? gradientSinks.apply : gradientSinks.replace, null);
		this.call(this.#words.pointer);
		return words[place.taken];
	}

	#requireRoom(steps: number): void {
		let examples = 0;
		for (let step = 0; step < steps; step++) {
			const count = this.#counts.view[step];
			if (!(count <= this.largestBatch)) throw internal(`a mini-batch of ${count} in a block for ${this.largestBatch} at most`);
			examples += count;
		}
		if (steps > mostSteps || examples > this.room) throw internal(`${steps} steps on ${examples} examples in a block for ${this.room}`);
	}

	/** Mean loss of a step that was taken, at the weights before its update. */
	loss(step: number): number {
		return this.#totals.view[2 * step] / this.#counts.view[step];
	}

	/** Examples of a step's mini-batch that were classified correctly; NaN where nothing is classified. */
	correct(step: number): number {
		return this.#totals.view[2 * step + 1];
	}
}

function wordsOfOptimizer(operation: OptimizerOperation): readonly number[] {
	const { kind, settings, parameters, gradients, count, means, squares = 0, powers = 0, numbers = 0 } = operation;
	return [optimizerKinds[kind], settings, parameters, gradients, count, means, squares, powers, numbers];
}
