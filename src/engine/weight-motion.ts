import type { Arena, Block } from "./arena.js";
import type { Kernels, Pointer } from "./kernels.js";
import type { Network } from "./network.js";

/** Euclidean norms over some of the parameters. */
export interface Motion {
	/** |w − w₀|: from where the trial began. */
	readonly distance: number;
	/** |w − w′|: since the last `mark`. */
	readonly update: number;
}

/**
 * How far a network's parameters have moved, in all and layer by layer. Costs memory for two copies of them, a copy at each `mark` and a
 * pass at each measurement; a network that isn't measured pays nothing.
 */
export class WeightMotion {
	readonly #start: Block<Float32Array>;
	readonly #marked: Block<Float32Array>;
	readonly #sum: Block<Float64Array>;

	constructor(
		private readonly network: Network,
		private readonly kernels: Kernels,
		arena: Arena,
	) {
		this.#start = arena.floats(network.parameterCount);
		this.#marked = arena.floats(network.parameterCount);
		this.#sum = arena.doubles(1);
	}

	/** w₀, to save and to put back. */
	get start(): Float32Array {
		return this.#start.view;
	}

	/** The parameters as they are now are where the trial begins; and marks them. */
	begin(): void {
		this.#start.view.set(this.network.parameters);
		this.mark();
	}

	/** Before a step (or several) whose update is to be measured. */
	mark(): void {
		this.#marked.view.set(this.network.parameters);
	}

	/** Over all parameters; and over those of each layer that has any, in the order of the specification. */
	measure(): Motion & { readonly layers: readonly Motion[] } {
		const { block, parameterCount } = this.network;
		return { ...this.#of(0, parameterCount), layers: block.slices.map(({ from, count }) => this.#of(from, count)) };
	}

	#of(from: number, count: number): Motion {
		const norm = (since: Pointer): number => {
			const at = 4 * from;
			this.kernels.squaredDistance(this.network.block.values.pointer + at, since + at, count, this.#sum.pointer);
			return Math.sqrt(this.#sum.view[0]);
		};
		return { distance: norm(this.#start.pointer), update: norm(this.#marked.pointer) };
	}
}
