import { internal } from "../core/errors.js";
import type { Arena, Block } from "./arena.js";
import type { ExampleSet } from "./example-set.js";
import { gradientSinks } from "./kernels.js";
import type { Network } from "./network.js";
import { checkFit } from "./shapes.js";

/** Gradients of K disjoint groups of examples at the same weights; enough to estimate the gradient noise. */
export interface GroupGradients {
	/**
	 * For each group: the sum over its examples of |g_i|², g_i the gradient of example i's loss alone; empty where there is no such gradient.
	 */
	readonly squaredNormSums: number[];
	/** K×K, row-major: inner products of the groups' mean gradients, in double precision. */
	readonly gram: number[];
}

/** Looks at a network's gradients in training without moving it: neither parameters nor the state of layers or an optimizer change. */
export class NoiseProbe {
	readonly #indices: Block<Int32Array>;
	readonly #norms: Block<Float64Array>;
	/** Outside the engine's memory, which must not grow in the middle of a trial. Kept from probe to probe. */
	#groupGradients = new Float32Array(0);

	constructor(
		private readonly network: Network,
		arena: Arena,
	) {
		this.#indices = arena.integers(network.chunk);
		this.#norms = arena.doubles(network.chunk);
	}

	/**
	 * `indices`: groups × groupSize places in the set, group after group. Overwrites the gradient block. Costs about as much as
	 * groups steps of groupSize examples. Under batch normalization a group is a mini-batch of its own, and should be of whole ghost batches.
	 * Throws `model/misfit`.
	 */
	run(set: ExampleSet, indices: Int32Array, groups: number, groupSize: number): GroupGradients {
		const { network } = this;
		checkFit(network, set);
		if (indices.length !== groups * groupSize) throw internal(`${groups} groups of ${groupSize} came with ${indices.length} indices`);
		const { parameterCount } = network;
		if (this.#groupGradients.length < groups * parameterCount) this.#groupGradients = new Float32Array(groups * parameterCount);
		const squaredNormSums: number[] = [];
		const state = Int32Array.from(network.state);
		for (let group = 0; group < groups; group++) {
			const sum = this.#sumGroup(set, indices.subarray(group * groupSize, (group + 1) * groupSize));
			if (network.perExampleNorms === "defined") squaredNormSums.push(sum);
			this.#groupGradients.set(network.gradients, group * parameterCount);
		}
		network.state.set(state);
		return { squaredNormSums, gram: gramOfMeans(this.#groupGradients, groups, parameterCount, groupSize) };
	}

	/** Leaves the sum of the examples' gradients in the gradient block and returns the sum of their squared norms; 0 where there are none. */
	#sumGroup(set: ExampleSet, indices: Int32Array): number {
		const { network } = this;
		let sum = 0;
		for (let from = 0; from < indices.length; from += network.chunk) {
			const rows = Math.min(network.chunk, indices.length - from);
			this.#indices.view.set(indices.subarray(from, from + rows));
			const norms = this.#norms.view.fill(0, 0, rows);
			const sink = from === 0 ? gradientSinks.replace : gradientSinks.add;
			network.differentiate(set, this.#indices.view, this.#indices.pointer, 0, rows, 1, sink, { at: this.#norms.pointer, divisor: 1 });
			for (let i = 0; i < rows; i++) sum += norms[i];
		}
		return sum;
	}
}

/** Inner products of the rows of `sums` (groups × width), each divided by the square of `groupSize`, by which the sums become means. */
function gramOfMeans(sums: Float32Array, groups: number, width: number, groupSize: number): number[] {
	const gram = new Array<number>(groups * groups);
	for (let i = 0; i < groups; i++)
		for (let j = 0; j <= i; j++) {
			let product = 0;
			for (let at = i * width, other = j * width, end = at + width; at < end; at++, other++) product += sums[at] * sums[other];
			gram[i * groups + j] = gram[j * groups + i] = product / (groupSize * groupSize);
		}
	return gram;
}
