import type { Arena } from "../arena.js";
import type { ExampleSet } from "../example-set.js";
import { FullGradient } from "../full-gradient.js";
import type { Network } from "../network.js";

/**
 * H·v for any network, by the central difference of gradients along v,
 *
 *     H·v ≈ (g(w + h·v) − g(w − h·v)) / 2h,      h = 2⁻⁹·max(1, |w|)/|v|
 *
 * g being the gradient that training sees, of the mean loss over a set. It is off by O(h²) of curvature's change and by the rounding of g
 * over h, some 10⁻⁴ of |H·v| where the loss is smooth, far more where a ReLU's kink lies between. How much is returned with each product:
 * twice the distance to the same difference with twice the h, of which the first error is a sixth, and the second about a half; an
 * estimate, not a bound. Costs four passes; weights and layers' state are put back.
 */
export class DifferenceProduct {
	readonly #gradient: FullGradient;

	constructor(
		private readonly network: Network,
		arena: Arena,
	) {
		this.#gradient = new FullGradient(network, arena);
	}

	product(set: ExampleSet, direction: ArrayLike<number>): { readonly product: Float64Array; readonly error: number } {
		const weights = Float32Array.from(this.network.parameters);
		const state = Int32Array.from(this.network.state);
		const h = (2 ** -9 * Math.max(1, lengthOf(weights))) / lengthOf(direction);
		const gradientAt = (distance: number): Float64Array => {
			this.network.parameters.set(weights.map((w, i) => w + distance * direction[i]));
			this.network.state.set(state);
			return this.#gradient.of(set).gradient;
		};
		const difference = (step: number): Float64Array => {
			const [ahead, behind] = [gradientAt(step), gradientAt(-step)];
			return ahead.map((g, i) => (g - behind[i]) / (2 * step));
		};
		const [product, coarse] = [difference(h), difference(2 * h)];
		this.network.parameters.set(weights);
		this.network.state.set(state);
		return { product, error: 2 * lengthOf(product.map((value, i) => value - coarse[i])) };
	}
}

function lengthOf(v: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < v.length; i++) sum += v[i] * v[i];
	return Math.sqrt(sum);
}
