import { internal } from "../../core/errors.js";
import type { Rng } from "../../core/rng.js";
import type { Dataset, Examples } from "../../data/dataset.js";
import type { Sampler } from "../../data/sampler.js";
import { pick } from "../../data/split.js";
import { Engine } from "../../engine/engine.js";
import type { ExampleSet } from "../../engine/example-set.js";
import type { GradientNoise } from "../../engine/gradient-noise.js";
import type { NativeProducts } from "../../engine/native-products.js";
import type { Network } from "../../engine/network.js";
import type { NoiseProbe } from "../../engine/noise-probe.js";
import type { TrainingStep } from "../../engine/training-step.js";
import type { StopSignal } from "../../study/contracts.js";
import type { NetworkWorkload, TrainableStudy } from "../../study/study.js";
import { samplerOf } from "../batches.js";
import { lookIndices } from "../look-sets.js";
import type { BatchMetrics, GroupGradients, Machinery, SetMetrics } from "../machinery.js";
import type { ProbeGroups } from "../probe-groups.js";

/** A study's network, data and optimizer in one engine, built once and used by every trial. */
export class BuiltinMachinery implements Machinery {
	readonly #network: Network;
	readonly #step: TrainingStep;
	readonly #noise: GradientNoise | null;
	readonly #probe: NoiseProbe;
	readonly #train: ExampleSet;
	readonly #lookSets: Readonly<Record<"train" | "validation", ExampleSet>>;
	readonly #test: ExampleSet | null;
	readonly #batch: { loss: number; accuracy: number | null; count: number } = { loss: 0, accuracy: null, count: 0 };
	readonly #classifies: boolean;
	readonly backend: string | null;
	#sampler: Sampler | null = null;

	/** Throws `model/misfit` where the network doesn't fit the data. */
	constructor(
		{ looks }: Pick<TrainableStudy, "looks">,
		private readonly workload: NetworkWorkload,
		{ width, train, validation, test }: Dataset,
		native: NativeProducts | null = null,
	) {
		this.backend = native?.name ?? null;
		const engine = Engine.create(native);
		const load = (examples: Examples) => engine.load({ ...examples, width });
		const lookSet = (set: Examples) => load(set.count <= looks.examples ? set : pick(set, width, lookIndices(set.count, looks.examples)));
		this.#train = load(train);
		this.#lookSets = { train: lookSet(train), validation: lookSet(validation) };
		this.#test = test && load(test);
		this.#network = engine.build({
			inputs: width,
			layers: workload.model,
			init: workload.init,
			loss: workload.loss,
			...(workload.labelSmoothing !== undefined && { labelSmoothing: workload.labelSmoothing }),
			reduction: workload.reduction,
		});
		this.#classifies = workload.loss !== "mean-squared-error";
		const { clipNorm, noise } = workload.gradient ?? {};
		this.#noise = noise ? engine.gradientNoise(this.#network, noise) : null;
		this.#step = engine.trainingStep(this.#network, engine.optimizer(this.#network, workload.optimizer), this.#train, {
			...(clipNorm !== undefined && { clipNorm }),
			...(this.#noise && { noise: this.#noise }),
		});
		this.#probe = engine.noiseProbe(this.#network);
	}

	/** For who measures more than trials do: its parameters and gradients, at the present weights. */
	get network(): Network {
		return this.#network;
	}

	/** N, training examples. */
	get examples(): number {
		return this.#train.count;
	}

	begin(batchSize: number, rng: Rng): void {
		this.#network.initialize(rng.split("weights"));
		this.#noise?.begin(rng.split("gradient noise"));
		this.#sampler = samplerOf(this.workload, this.#train.count, batchSize, rng.split("batches"));
	}

	step(learningRate: number, stop: StopSignal): BatchMetrics | null {
		if (!this.#sampler) throw internal("a step before its trial began");
		if (stop.stopped) return null;
		const count = this.#sampler.next(this.#step.indices);
		const { completed, loss, correct } = this.#step.run(count, learningRate, stop);
		if (!completed) return null;
		this.#batch.loss = loss;
		if (this.#classifies) this.#batch.accuracy = correct / count;
		this.#batch.count = count;
		return this.#batch;
	}

	evaluate(set: "train" | "validation" | "test"): SetMetrics | null {
		const examples = set === "test" ? this.#test : this.#lookSets[set];
		if (!examples) return null;
		const { loss, correct } = this.#network.evaluate(examples);
		return { loss, accuracy: this.#classifies ? correct / examples.count : null };
	}

	probe({ groups, size }: ProbeGroups, rng: Rng): GroupGradients {
		const order = Int32Array.from({ length: this.#train.count }, (_, i) => i);
		rng.shuffle(order);
		return this.#probe.run(this.#train, order.subarray(0, groups * size), groups, size);
	}
}
