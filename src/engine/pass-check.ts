import { Arena } from "./arena.js";
import { edgeNumbers, type Numbers } from "./edge-numbers.js";
import { loadExamples } from "./example-set.js";
import { instantiateKernels, type Kernels } from "./kernels.js";
import type { NetworkCall, VectorProducts } from "./native-products.js";
import { Network } from "./network.js";
import type { LayerSpec, LossName } from "./network-spec.js";
import { Sgd } from "./optimizers/sgd.js";
import { TrainingStep } from "./training-step.js";

/** Steps of a network whose passes wider vectors can compute, from one set of parameters. */
export interface PassCase {
	readonly inputs: number;
	readonly layers: readonly LayerSpec[];
	readonly loss: LossName;
	readonly labelSmoothing?: number;
	/** Of each step. More than 32 go through in chunks. */
	readonly rows: readonly number[];
	/** Whether the whole gradient is kept before it is used. */
	readonly whole: boolean;
	/** Whether the squared norms of every example's gradient are added up. */
	readonly norms: boolean;
	/** Parameters and data: zeros of both signs and denormal numbers are always among them. */
	readonly numbers: Numbers;
}

const examples = 80;
/** So few that a chunk has 32 rows, the least there is: a step of more is cut. */
const chunkMultiplications = 1;

interface Side {
	readonly arena: Arena;
	readonly kernels: Kernels;
	readonly call: NetworkCall | null;
	readonly empty: number;
}

/** Takes the same steps by WebAssembly and by wider vectors, and compares all that they leave bit by bit; any NaN equals any NaN. */
export class PassCheck {
	readonly #sides: readonly Side[];

	constructor(vectors: VectorProducts) {
		this.#sides = [null, vectors].map((native) => {
			const arena = new Arena();
			const kernels = instantiateKernels(arena.memory);
			kernels.setScratch(arena.allocate(kernels.scratchBytes()));
			return { arena, kernels, call: native?.passOn(arena.memory) ?? null, empty: arena.mark() };
		});
	}

	/** The first difference, in words; null where there is none. */
	difference(pass: PassCase): string | null {
		const [expected, got] = this.#sides.map((side) => left(side, pass));
		for (const [name, numbers] of Object.entries(expected)) {
			const at = numbers.findIndex((value, i) => !Object.is(value, got[name][i]));
			if (at >= 0) return `${JSON.stringify(pass)}: ${name}[${at}] is ${got[name][at]}, expected ${numbers[at]}`;
		}
		return null;
	}
}

/** All that the steps leave behind, by name. */
function left({ arena, kernels, call, empty }: Side, pass: PassCase): Readonly<Record<string, ArrayLike<number> & readonly number[]>> {
	arena.release(empty);
	const { inputs, layers, loss, labelSmoothing, rows, whole, norms, numbers } = pass;
	const spec = {
		inputs,
		layers,
		loss,
		...(labelSmoothing !== undefined && { labelSmoothing }),
		init: "he-normal",
		reduction: "mean",
	} as const;
	const network = new Network(spec, kernels, arena, chunkMultiplications, call);
	const classes = loss === "binary-cross-entropy" ? 2 : network.outputs;
	const drawn = edgeNumbers(numbers);
	const finite = edgeNumbers({ ...numbers, seed: numbers.seed + 1, odd: false });
	const set = loadExamples(arena, {
		count: examples,
		width: inputs,
		features: Float32Array.from({ length: examples * inputs }, finite),
		labels: Int32Array.from({ length: examples }, (_, i) => (i * 7 + numbers.seed) % classes),
		...(loss === "mean-squared-error" && { targets: Float32Array.from({ length: examples * network.outputs }, finite) }),
	});
	const optimizer = new Sgd(kernels, network.block, { momentum: 0.9, weightDecay: 0.01 }, arena);
	const step = new TrainingStep(network, optimizer, set, { gradientNorm: whole, perExample: norms }, arena);
	network.parameters.forEach((_, i, all) => {
		all[i] = drawn();
	});
	const measured = rows.flatMap((count, t) => {
		step.indices.set(Array.from({ length: count }, (_, i) => (i * 31 + t) % examples));
		const { loss: mean, correct, squaredNorm, perExample } = step.run(count, 0.125);
		return [mean, correct, squaredNorm, ...perExample.subarray(0, norms ? count : 0)];
	});
	const { loss: mean, correct } = network.evaluate(set, 3, examples - 5);
	return {
		measured: [...measured, mean, correct],
		parameters: [...network.parameters],
		velocity: [...optimizer.state[0].view],
		gradients: whole ? [...network.gradients] : [],
	};
}

const dense = (units: number): LayerSpec => ({ kind: "dense", units });

/** The passes that are compared whenever wider vectors are loaded: every layer, loss and sink of a gradient, few rows and many. */
export const passSet: readonly PassCase[] = (
	[
		[2, [dense(50), { kind: "relu" }, dense(3)], "softmax-cross-entropy", 0.1, [1, 32, 3], false, false],
		[7, [dense(19), { kind: "tanh" }, dense(10)], "softmax-cross-entropy", 0, [1, 37, 5], true, true],
		[9, [{ kind: "tanh" }, dense(17), { kind: "gelu" }, dense(6), { kind: "sigmoid" }], "mean-squared-error", 0, [2, 33, 31], false, true],
		[
			5,
			[dense(9), { kind: "leaky-relu", slope: 0.1 }, dense(8), { kind: "relu" }, dense(1)],
			"binary-cross-entropy",
			0,
			[1, 29],
			false,
			false,
		],
	] as const
).flatMap(([inputs, layers, loss, labelSmoothing, rows, whole, norms], i) =>
	[false, true].map((odd): PassCase => {
		const numbers = { seed: i + 1, odd, calm: !odd, spread: 8 };
		return { inputs, layers, loss, ...(labelSmoothing && { labelSmoothing }), rows, whole, norms, numbers };
	}),
);
