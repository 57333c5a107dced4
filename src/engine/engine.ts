import { SweetspotError } from "../core/errors.js";
import { Arena } from "./arena.js";
import { type ExampleSet, type Examples, loadExamples } from "./example-set.js";
import { FullGradient } from "./full-gradient.js";
import { GradientNoise, type GradientNoiseSpec } from "./gradient-noise.js";
import { Hessian } from "./hessian/hessian.js";
import { instantiateKernels, type Kernels } from "./kernels.js";
import { type NativeProducts, type NetworkCalls, networkCallsOn } from "./native-products.js";
import { Network, parameterCount } from "./network.js";
import type { NetworkSpec } from "./network-spec.js";
import { NoiseProbe } from "./noise-probe.js";
import { buildOptimizer } from "./optimizers/build.js";
import type { Optimizer } from "./optimizers/optimizer.js";
import { Sgd } from "./optimizers/sgd.js";
import type { OptimizerSpec, SgdSpec } from "./optimizers/spec.js";
import { type StepOptions, TrainingStep } from "./training-step.js";
import { WeightAverage } from "./weight-average.js";
import { WeightMotion } from "./weight-motion.js";

/**
 * What a chunk of a long step may cost, in multiplications: about 50 ms' worth in our kernels, and in a library's. Losses are added chunk
 * by chunk, so wider vectors keep to ours.
 */
const chunkMultiplications = { own: 1e9, blas: 6e9 };

const narrower = "make the layers of workload.model narrower, or use data with fewer features";
const formatted = (count: number): string => count.toLocaleString("en");
/** Bytes that WebAssembly addresses. */
const addressable = 2 ** 32;

const memoryOf = (network: Network) => () => `what the optimizer keeps of each of ${formatted(network.parameterCount)} parameters`;

/**
 * The training engine: one memory, and what is loaded and built in it.
 *
 * All memory is taken by `load`, `build`, `sgd`, `trainingStep` and `noiseProbe`; training takes none. One network, step and probe serve
 * every batch size and any number of trials (`initialize` begins a new one), so a worker builds them once. Who needs others takes a
 * `mark` before and releases it after. Throws `engine/memory` where 4 GiB, or what the machine has, are not enough.
 *
 * ```ts
 * const engine = Engine.create();
 * const set = engine.load({ features, labels, count, width });
 * const network = engine.build(spec);
 * const step = engine.trainingStep(network, engine.sgd(network, { momentum: 0.9 }), set);
 * network.initialize(rng);
 * step.indices.set([4, 8, 15]);
 * const { loss } = step.run(3, 0.125);
 * ```
 */
export class Engine {
	readonly #arena: Arena;
	readonly #kernels: Kernels;
	readonly #calls: NetworkCalls | null;

	private constructor(private readonly native: NativeProducts | null) {
		this.#arena = new Arena();
		this.#kernels = instantiateKernels(this.#arena.memory, native);
		this.#calls = networkCallsOn(native, this.#arena.memory);
		this.#kernels.setScratch(this.#arena.allocate(this.#kernels.scratchBytes()));
	}

	/**
	 * `native`: computes large matrix products in our kernels' place. The bits of a library are its own on this machine; wider vectors give
	 * the same.
	 */
	static create(native: NativeProducts | null = null): Engine {
		return new Engine(native);
	}

	/** Copies examples in. */
	load(examples: Examples): ExampleSet {
		const what = () => `${formatted(examples.count)} examples of ${formatted(examples.width)} features`;
		return this.#taking(what, "use fewer examples or features (workload.data)", () => loadExamples(this.#arena, examples));
	}

	/** Throws `model/misfit` where the layers don't fit each other. */
	build(spec: NetworkSpec): Network {
		const limit = this.native?.kind === "blas" ? chunkMultiplications.blas : chunkMultiplications.own;
		const what = () => `a network of ${formatted(parameterCount(spec))} parameters, as many gradients, and what flows between its layers`;
		return this.#taking(what, narrower, () => {
			const [needed, left] = [2 * 4 * parameterCount(spec), addressable - this.#arena.mark()]; // with their gradients; before anything is allocated
			if (needed > left) throw new RangeError(`${needed} bytes are more than the ${left} left`);
			return new Network(spec, this.#kernels, this.#arena, limit, this.#calls);
		});
	}

	/** The network resets it whenever it begins anew; momentum and weight decay may change from trial to trial (`retune`). */
	sgd(network: Network, spec: Pick<SgdSpec, "momentum" | "weightDecay">): Sgd {
		const sgd = this.#taking(memoryOf(network), narrower, () => new Sgd(this.#kernels, network.block, spec, this.#arena));
		network.attach(sgd);
		return sgd;
	}

	/** The same for any optimizer. */
	optimizer(network: Network, spec: OptimizerSpec): Optimizer {
		const optimizer = this.#taking(memoryOf(network), narrower, () => buildOptimizer(spec, this.#kernels, network.block, this.#arena));
		network.attach(optimizer);
		return optimizer;
	}

	/** Noise for the gradients of one network; draws nothing before it has begun. */
	gradientNoise(network: Network, spec: GradientNoiseSpec): GradientNoise {
		return new GradientNoise(this.#kernels, network.block, spec, this.#arena);
	}

	/** Throws `model/misfit` where the set doesn't fit the network. */
	trainingStep(network: Network, optimizer: Optimizer, set: ExampleSet, options: StepOptions = {}): TrainingStep {
		return new TrainingStep(network, optimizer, set, options, this.#arena);
	}

	noiseProbe(network: Network): NoiseProbe {
		return new NoiseProbe(network, this.#arena);
	}

	fullGradient(network: Network): FullGradient {
		return new FullGradient(network, this.#arena);
	}

	/** `share`: of the steps so far, that the average is about taken over, in (0, 1]. */
	weightAverage(network: Network, share: number): WeightAverage {
		return this.#taking(memoryOf(network), narrower, () => new WeightAverage(network, this.#kernels, share, this.#arena));
	}

	weightMotion(network: Network): WeightMotion {
		return new WeightMotion(network, this.#kernels, this.#arena);
	}

	/** `method`: how products are computed; the exact one where the network has it, unless asked for. */
	hessian(network: Network, method?: Hessian["method"]): Hessian {
		return new Hessian(network, this.#kernels, this.#arena, method);
	}

	/** Does `work`, which takes memory; where there is too little, the error says for what. */
	#taking<T>(what: () => string, fix: string, work: () => T): T {
		const taken = this.#arena.mark();
		try {
			return work();
		} catch (cause) {
			if (!(cause instanceof RangeError)) throw cause;
			this.#arena.release(taken);
			const gibibytes = (taken / 2 ** 30).toFixed(1);
			throw new SweetspotError(
				"engine/memory",
				`${what()}, next to ${gibibytes} GiB already in use, need more than the 4 GiB of an engine or than this machine has`,
				fix,
				{ cause },
			);
		}
	}

	/** Bytes in use. Everything loaded or built from here on can be given back with `release`. */
	mark(): number {
		return this.#arena.mark();
	}

	/** Gives back all that was loaded and built since the mark; none of it may be used again. */
	release(mark: number): void {
		this.#arena.release(mark);
	}
}
