import { Arena } from "./arena.js";
import { edgeNumbers, type Numbers } from "./edge-numbers.js";
import { loadExamples } from "./example-set.js";
import { instantiateKernels, type Kernels } from "./kernels.js";
import { type NetworkCalls, networkCallsOn, type VectorProducts } from "./native-products.js";
import { Network } from "./network.js";
import type { LayerSpec, LossName } from "./network-spec.js";
import { buildOptimizer } from "./optimizers/build.js";
import type { OptimizerSpec } from "./optimizers/spec.js";
import { TrainingStep } from "./training-step.js";

/** Steps of a network whose passes wider vectors can compute, from one set of parameters. */
export interface PassCase {
	readonly inputs: number;
	readonly layers: readonly LayerSpec[];
	readonly loss: LossName;
	readonly labelSmoothing?: number;
	/** Of each step. More than 32 go through in chunks. */
	readonly rows: readonly number[];
	/** Of steps after those that are taken in one call, if there is one: no more than 32 each, and 80 together. */
	readonly together: readonly number[];
	readonly optimizer: OptimizerSpec;
	/** Learning rate of the first step; later ones differ. */
	readonly rate: number;
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
	readonly calls: NetworkCalls | null;
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
			return { arena, kernels, calls: networkCallsOn(native, arena.memory), empty: arena.mark() };
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
function left({ arena, kernels, calls, empty }: Side, pass: PassCase): Readonly<Record<string, ArrayLike<number> & readonly number[]>> {
	arena.release(empty);
	const { inputs, layers, loss, labelSmoothing, rows, together, rate, whole, norms, numbers } = pass;
	const spec = {
		inputs,
		layers,
		loss,
		...(labelSmoothing !== undefined && { labelSmoothing }),
		init: "he-normal",
		reduction: "mean",
	} as const;
	const network = new Network(spec, kernels, arena, chunkMultiplications, calls);
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
	const optimizer = buildOptimizer(pass.optimizer, kernels, network.block, arena);
	optimizer.reset();
	const step = new TrainingStep(network, optimizer, set, { gradientNorm: whole, perExample: norms }, arena);
	network.parameters.forEach((_, i, all) => {
		all[i] = drawn();
	});
	const measured = rows.flatMap((count, t) => {
		step.indices.set(Array.from({ length: count }, (_, i) => (i * 31 + t) % examples));
		const { loss: mean, correct, squaredNorm, perExample } = step.run(count, rateOf(rate, t));
		return [mean, correct, squaredNorm, ...perExample.subarray(0, norms ? count : 0)];
	});
	const gradients = whole ? [...network.gradients] : [];
	const losses = stepsTogether(new TrainingStep(network, optimizer, set, {}, arena), together, rate);
	const { loss: mean, correct } = network.evaluate(set, 3, examples - 5);
	return {
		measured: [...measured, ...losses, mean, correct],
		parameters: [...network.parameters],
		state: optimizer.state.flatMap(({ view }) => [...view]),
		gradients,
	};
}

/** Loss and hits of the steps, up to the first whose loss isn't finite: taken in one call, where there is one, and else one by one. */
function stepsTogether(step: TrainingStep, counts: readonly number[], rate: number): readonly number[] {
	const { block } = step;
	const places = Array.from({ length: examples }, (_, i) => (i * 27 + 5) % examples);
	if (!block) {
		const losses: number[] = [];
		for (let t = 0, from = 0; t < counts.length; from += counts[t++]) {
			step.indices.set(places.slice(from, from + counts[t]));
			const { loss, correct } = step.run(counts[t], rateOf(rate, t));
			losses.push(loss, correct);
			if (!Number.isFinite(loss)) break;
		}
		return losses;
	}
	step.indices.set(places);
	block.counts.set(counts);
	block.rates.set(counts.map((_, t) => rateOf(rate, t)));
	return Array.from({ length: block.run(counts.length) }, (_, t) => [block.loss(t), block.correct(t)]).flat();
}

/** Rates that differ from step to step, in more digits than single precision has. */
const rateOf = (rate: number, step: number): number => rate / (1 + step / 3);

const dense = (units: number): LayerSpec => ({ kind: "dense", units });
const sgd: OptimizerSpec = { name: "sgd", momentum: 0.9, weightDecay: 0.01 };

/** Every layer, loss, optimizer and sink of a gradient, few rows and many. */
const kinds: readonly Omit<PassCase, "numbers" | "rate">[] = [
	{
		inputs: 2,
		layers: [dense(50), { kind: "relu" }, dense(3)],
		loss: "softmax-cross-entropy",
		labelSmoothing: 0.1,
		optimizer: sgd,
		...{ rows: [1, 32, 3], together: [1, 1, 32, 3], whole: false, norms: false },
	},
	{
		inputs: 7,
		layers: [dense(19), { kind: "tanh" }, dense(10)],
		loss: "softmax-cross-entropy",
		optimizer: { name: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
		...{ rows: [1, 37, 5], together: [7, 1], whole: true, norms: true },
	},
	{
		inputs: 9,
		layers: [{ kind: "tanh" }, dense(17), { kind: "gelu" }, dense(6), { kind: "sigmoid" }],
		loss: "mean-squared-error",
		optimizer: { name: "rmsprop", momentum: 0.5, smoothing: 0.99, epsilon: 1e-8 },
		...{ rows: [2, 33, 31], together: [31, 2, 1], whole: false, norms: true },
	},
	{
		inputs: 5,
		layers: [dense(9), { kind: "leaky-relu", slope: 0.1 }, dense(8), { kind: "relu" }, dense(1)],
		loss: "binary-cross-entropy",
		optimizer: { name: "sgd", momentum: 0.9, nesterov: true },
		...{ rows: [1, 29], together: [29, 30], whole: false, norms: false },
	},
];

/** The passes that are compared whenever wider vectors are loaded. */
export const passSet: readonly PassCase[] = kinds.flatMap((kind, i) =>
	[false, true].map((odd) => ({ ...kind, rate: 0.125, numbers: { seed: i + 1, odd, calm: !odd, spread: 8 } })),
);
