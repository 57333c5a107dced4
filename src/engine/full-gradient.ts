import type { Arena, Block } from "./arena.js";
import type { ExampleSet } from "./example-set.js";
import { gradientSinks } from "./kernels.js";
import type { Network } from "./network.js";

/** A network's mean loss over a whole set at its present weights, and the gradient of it, as training sees them: without weight decay. */
export class FullGradient {
	readonly #indices: Block<Int32Array>;

	constructor(
		private readonly network: Network,
		arena: Arena,
	) {
		this.#indices = arena.integers(network.chunk);
	}

	/**
	 * Adds up in double precision, chunk by chunk. Overwrites the network's gradient block, and moves nothing else but dropout's generator.
	 */
	of(set: ExampleSet): { readonly loss: number; readonly gradient: Float64Array } {
		const { network } = this;
		const gradient = new Float64Array(network.parameterCount);
		let loss = 0;
		for (let first = 0; first < set.count; first += network.chunk) {
			const rows = Math.min(network.chunk, set.count - first);
			const indices = this.#indices.view;
			for (let i = 0; i < rows; i++) indices[i] = first + i;
			network.differentiate(set, indices, this.#indices.pointer, 0, rows, 1, gradientSinks.replace, null);
			const gradients = network.gradients;
			for (let i = 0; i < gradient.length; i++) gradient[i] += gradients[i] / set.count;
			loss += network.loss.totals.view[0];
		}
		return { loss: loss / set.count, gradient };
	}
}
