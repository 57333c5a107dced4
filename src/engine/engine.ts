import { Arena } from "./arena.js";
import { type ExampleSet, type Examples, loadExamples } from "./example-set.js";
import { GradientNoise, type GradientNoiseSpec } from "./gradient-noise.js";
import { Hessian } from "./hessian/hessian.js";
import { instantiateKernels, type Kernels } from "./kernels.js";
import type { NativeProducts } from "./native-products.js";
import { Network } from "./network.js";
import type { NetworkSpec } from "./network-spec.js";
import { NoiseProbe } from "./noise-probe.js";
import { buildOptimizer } from "./optimizers/build.js";
import type { Optimizer } from "./optimizers/optimizer.js";
import { Sgd } from "./optimizers/sgd.js";
import type { OptimizerSpec, SgdSpec } from "./optimizers/spec.js";
import { type StepOptions, TrainingStep } from "./training-step.js";
import { WeightMotion } from "./weight-motion.js";

/** What a chunk of a long step may cost, in multiplications: about 50 ms' worth in our kernels, and in a library's. */
const chunkMultiplications = { own: 1e9, native: 6e9 };

/**
 * The training engine: one memory, and what is loaded and built in it.
 *
 * All memory is taken by `load`, `build`, `sgd`, `trainingStep` and `noiseProbe`; training takes none. One network, step and probe serve
 * every batch size and any number of trials (`initialize` begins a new one), so a worker builds them once. Who needs others takes a
 * `mark` before and releases it after. Throws RangeError when 4 GB are not enough.
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

	private constructor(private readonly native: NativeProducts | null) {
		this.#arena = new Arena();
		this.#kernels = instantiateKernels(this.#arena.memory, native);
		this.#kernels.setScratch(this.#arena.allocate(this.#kernels.scratchBytes()));
	}

	/** `native`: computes large matrix products in our kernels' place. The bits are then those of that library on this machine. */
	static create(native: NativeProducts | null = null): Engine {
		return new Engine(native);
	}

	/** Copies examples in. */
	load(examples: Examples): ExampleSet {
		return loadExamples(this.#arena, examples);
	}

	/** Throws `model/misfit` where the layers don't fit each other. */
	build(spec: NetworkSpec): Network {
		return new Network(spec, this.#kernels, this.#arena, this.native ? chunkMultiplications.native : chunkMultiplications.own);
	}

	/** The network resets it whenever it begins anew; momentum and weight decay may change from trial to trial (`retune`). */
	sgd(network: Network, spec: Pick<SgdSpec, "momentum" | "weightDecay">): Sgd {
		const sgd = new Sgd(this.#kernels, network.block, spec, this.#arena);
		network.attach(sgd);
		return sgd;
	}

	/** The same for any optimizer. */
	optimizer(network: Network, spec: OptimizerSpec): Optimizer {
		const optimizer = buildOptimizer(spec, this.#kernels, network.block, this.#arena);
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

	weightMotion(network: Network): WeightMotion {
		return new WeightMotion(network, this.#kernels, this.#arena);
	}

	/** `method`: how products are computed; the exact one where the network has it, unless asked for. */
	hessian(network: Network, method?: Hessian["method"]): Hessian {
		return new Hessian(network, this.#kernels, this.#arena, method);
	}

	/** Bytes in use. Whatever is loaded or built from here on can be given back with `release`. */
	mark(): number {
		return this.#arena.mark();
	}

	/** Gives back all that was loaded and built since the mark; none of it may be used again. */
	release(mark: number): void {
		this.#arena.release(mark);
	}
}
