import { exp } from "../../core/numerics.js";
import type { Arena } from "../arena.js";
import type { Kernels } from "../kernels.js";
import { Elementwise, type ElementwiseSpec } from "../layers/elementwise.js";
import { type Flow, floatsAt, type TangentLayer } from "./flow.js";

/**
 * First and second derivative of an activation function at z, where its value is y. At a kink they are taken from the left, as in training.
 */
type Derivatives = readonly [first: (z: number, y: number) => number, second: (z: number, y: number) => number];

const densityAtZero = 1 / Math.sqrt(2 * Math.PI);
const density = (z: number): number => densityAtZero * exp(-0.5 * z * z);
const none = (): number => 0;

function derivativesOf(spec: ElementwiseSpec): Derivatives {
	switch (spec.kind) {
		case "relu":
			return [(z) => (z > 0 ? 1 : 0), none];
		case "leaky-relu":
			return [(z) => (z > 0 ? 1 : spec.slope), none];
		case "tanh":
			return [(_, y) => 1 - y * y, (_, y) => -2 * y * (1 - y * y)];
		case "sigmoid":
			return [(_, y) => y * (1 - y), (_, y) => y * (1 - y) * (1 - 2 * y)];
		case "gelu":
			// y = z·Φ(z): y′ = Φ + z·φ, y″ = (2 − z²)·φ.
			return [(z, y) => (z === 0 ? 0.5 : y / z) + z * density(z), (z) => (2 - z * z) * density(z)];
	}
}

/**
 * y = f(z), element by element:
 *
 *     R{y} = f′(z)·R{z}      δz = f′(z)·δy      R{δz} = f″(z)·R{z}·δy + f′(z)·R{δy}
 */
export class ElementwiseTangent implements TangentLayer {
	readonly #layer: Elementwise;
	readonly #first: Derivatives[0];
	readonly #second: Derivatives[1];

	constructor(
		kernels: Kernels,
		private readonly arena: Arena,
		private readonly input: Flow,
		private readonly output: Flow,
		spec: ElementwiseSpec,
	) {
		this.#layer = new Elementwise(kernels, input, output, spec);
		[this.#first, this.#second] = derivativesOf(spec);
	}

	forward(rows: number): void {
		const { input, output } = this;
		this.#layer.forward(rows);
		if (input.tangent === 0) return;
		const [z, y, dz, dy] = this.#all(rows, input.values, output.values, input.tangent, output.tangent);
		for (let i = 0; i < z.length; i++) dy[i] = this.#first(z[i], y[i]) * dz[i];
	}

	backward(rows: number): void {
		const { input, output } = this;
		if (input.tangent === 0) return;
		const [z, y, tangent] = this.#all(rows, input.values, output.values, input.tangent);
		const [after, afterTangent, before, beforeTangent] = this.#all(
			...([rows, output.gradient, output.gradientTangent, input.gradient, input.gradientTangent] as const),
		);
		for (let i = 0; i < z.length; i++) {
			const first = this.#first(z[i], y[i]);
			before[i] = first * after[i];
			beforeTangent[i] = this.#second(z[i], y[i]) * tangent[i] * after[i] + first * afterTangent[i];
		}
	}

	#all(rows: number, ...pointers: readonly number[]): Float32Array[] {
		return pointers.map((pointer) => floatsAt(this.arena, pointer, this.input, rows));
	}
}
