import type { Arena } from "../arena.js";
import type { ExampleSet } from "../example-set.js";
import type { Kernels } from "../kernels.js";
import type { Network } from "../network.js";
import { checkFit } from "../shapes.js";
import { DifferenceProduct } from "./difference-product.js";
import { ExactProduct, hasExactProduct } from "./exact-product.js";

/**
 * A Hessian-vector product, and |its error| as estimated; 0 where no difference was taken (rounding, about 10⁻⁶ of its length, is not
 * counted).
 */
export interface HessianProduct {
	readonly product: Float64Array;
	readonly error: number;
}

/** The Hessian of a network's mean loss over a set at its present weights, without weight decay: never as a matrix, only times vectors. */
export class Hessian {
	/** By the R-operator where every layer is known to it (dense, activations; dropout drops nothing), else by a difference of gradients. */
	readonly method: "exact" | "difference";
	readonly parameterCount: number;
	readonly #product: (set: ExampleSet, direction: ArrayLike<number>) => HessianProduct;

	/** `method` asks for one; "exact" is for networks that have it. */
	constructor(
		private readonly network: Network,
		kernels: Kernels,
		arena: Arena,
		method: "exact" | "difference" = hasExactProduct(network) ? "exact" : "difference",
	) {
		this.method = method;
		this.parameterCount = network.parameterCount;
		if (method === "exact") {
			const exact = new ExactProduct(network, kernels, arena);
			this.#product = (set, direction) => ({ product: exact.product(set, direction), error: 0 });
		} else {
			const difference = new DifferenceProduct(network, arena);
			this.#product = (set, direction) => difference.product(set, direction);
		}
	}

	/** H·direction. Moves nothing. Throws `model/misfit` where the set doesn't fit the network. */
	times(set: ExampleSet, direction: ArrayLike<number>): HessianProduct {
		checkFit(this.network, set);
		return this.#product(set, direction);
	}
}
