import { internal } from "../../core/errors.js";
import type { Arena, Block } from "../arena.js";
import type { ExampleSet } from "../example-set.js";
import type { Kernels } from "../kernels.js";
import { denseParameterCount } from "../layers/dense.js";
import type { ElementwiseSpec } from "../layers/elementwise.js";
import type { Network } from "../network.js";
import type { LayerSpec } from "../network-spec.js";
import { DenseTangent } from "./dense-tangent.js";
import { ElementwiseTangent } from "./elementwise-tangent.js";
import { allocateFlow, type Flow, type TangentLayer } from "./flow.js";
import { lossTangent } from "./loss-tangent.js";

/** Rows that go through together, at most: they need four times the memory of an ordinary pass. */
const mostRows = 256;

type KnownLayer = ElementwiseSpec | Extract<LayerSpec, { readonly kind: "dense" | "dropout" }>;

const known: readonly string[] = ["dense", "relu", "leaky-relu", "tanh", "sigmoid", "gelu", "dropout"] satisfies KnownLayer["kind"][];

const isKnown = (layer: LayerSpec): layer is KnownLayer => known.includes(layer.kind);

/** Whether every layer is one that the exact product knows. */
export const hasExactProduct = ({ spec }: Network): boolean => spec.layers.every(isKnown);

/**
 * H·v for a network of dense layers and activations, H being the Hessian of the mean loss over a set, nothing dropped, without weight
 * decay: the gradient, differentiated once more along v, pass for pass ("R-operator"). No difference is taken anywhere, so it is as exact
 * as a gradient in single precision; at the kink of a ReLU it is that of the side the pass is on. Costs about two passes, forward and
 * backward.
 *
 * Source: Pearlmutter 1994, section 3 and appendix A.
 */
export class ExactProduct {
	readonly #layers: readonly TangentLayer[];
	readonly #input: Flow;
	readonly #output: Flow;
	readonly #direction: Block<Float32Array>;
	readonly #product: Block<Float32Array>;
	readonly #rows: number;

	constructor(
		private readonly network: Network,
		kernels: Kernels,
		private readonly arena: Arena,
	) {
		const { spec, block } = network;
		const rows = Math.min(mostRows, network.chunk);
		this.#rows = rows;
		this.#direction = arena.floats(block.count);
		this.#product = arena.floats(block.count);
		this.#input = { ...allocateFlow(arena, spec.inputs, 0), tangent: 0, gradient: 0, gradientTangent: 0 };
		const widest = Math.max(...spec.layers.map((layer) => (layer.kind === "dense" ? layer.units : 0)), spec.inputs);
		const scratch = allocateFlow(arena, widest, rows).values;
		const layers: TangentLayer[] = [];
		let before = this.#input;
		let taken = 0;
		for (const layer of spec.layers) {
			if (!isKnown(layer)) throw internal(`no exact Hessian-vector product goes through ${layer.kind}`);
			if (layer.kind === "dropout") continue; // nothing is dropped outside of training
			const after = allocateFlow(arena, layer.kind === "dense" ? layer.units : before.width, rows);
			if (layer.kind === "dense") {
				const at = (base: number) => base + 4 * taken;
				const blocks = { parameters: at(block.values.pointer), direction: at(this.#direction.pointer), product: at(this.#product.pointer) };
				layers.push(new DenseTangent(kernels, arena, before, after, blocks, scratch));
				taken += denseParameterCount(before.width, layer.units);
			} else layers.push(new ElementwiseTangent(kernels, arena, before, after, layer));
			before = taken === 0 ? { ...after, tangent: 0, gradient: 0, gradientTangent: 0 } : after; // nothing changes before the first parameter
		}
		this.#layers = layers;
		this.#output = before;
	}

	/** `direction`: one number a parameter. Adds up in double precision over chunks, in fixed order. */
	product(set: ExampleSet, direction: ArrayLike<number>): Float64Array {
		this.#direction.view.set(direction);
		const sum = new Float64Array(this.network.parameterCount);
		if (sum.length === 0) return sum;
		for (let first = 0; first < set.count; first += this.#rows) {
			const rows = Math.min(this.#rows, set.count - first);
			this.#input.values = set.features + first * set.stride;
			for (const layer of this.#layers) layer.forward(rows);
			lossTangent(this.network.spec, this.arena, this.#output, set, first, rows);
			for (const layer of this.#layers.toReversed()) layer.backward(rows);
			const chunk = this.#product.view;
			for (let i = 0; i < sum.length; i++) sum[i] += chunk[i] / set.count;
		}
		return sum;
	}
}
