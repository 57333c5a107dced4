import type { Rng } from "../../core/rng.js";
import type { Dataset } from "../../data/dataset.js";
import type { Sampler } from "../../data/sampler.js";
import { Engine } from "../../engine/engine.js";
import type { ExampleSet } from "../../engine/example-set.js";
import type { Network } from "../../engine/network.js";
import type { NoiseProbe } from "../../engine/noise-probe.js";
import type { TrainingStep } from "../../engine/training-step.js";
import type { StopSignal } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { lookSet } from "./look-sets.js";

/** Of a whole set, at the present weights. */
export interface SetMetrics {
	readonly loss: number;
	readonly accuracy: number;
}

/** Rates so small that timing leaves the weights where they are: only the time matters. */
const timingRate = 2 ** -20;

/** A study's network, data and optimizer in one engine, built once and used by every trial. */
export class Machinery {
	/** N, training examples. */
	readonly examples: number;
	readonly #network: Network;
	readonly #step: TrainingStep;
	readonly #probe: NoiseProbe;
	readonly #train: ExampleSet;
	readonly #lookSets: Readonly<Record<"train" | "validation", ExampleSet>>;
	readonly #test: ExampleSet | null;
	readonly #batch = { loss: 0, accuracy: 0, count: 0 };

	/** Throws `model/misfit` where the network doesn't fit the data. */
	constructor({ workload, looks }: Study, { width, train, validation, test }: Dataset) {
		const engine = Engine.create();
		const load = ({ features, labels, count }: Dataset["train"]) => engine.load({ features, labels, count, width });
		this.examples = train.count;
		this.#train = load(train);
		this.#lookSets = { train: load(lookSet(train, width, looks.examples)), validation: load(lookSet(validation, width, looks.examples)) };
		this.#test = test && load(test);
		this.#network = engine.build({
			inputs: width,
			layers: workload.model,
			init: workload.init,
			loss: workload.loss,
			reduction: workload.reduction,
		});
		this.#step = engine.trainingStep(this.#network, engine.sgd(this.#network, workload.optimizer), this.#train);
		this.#probe = engine.noiseProbe(this.#network);
	}

	/** New weights, and an optimizer without memory. */
	begin(rng: Rng): void {
		this.#network.initialize(rng.split("weights"));
	}

	/** One step on the sampler's next mini-batch: its loss and accuracy before the update (the same object each time), or null if asked to stop. */
	step(
		sampler: Sampler,
		learningRate: number,
		stop: StopSignal,
	): { readonly loss: number; readonly accuracy: number; readonly count: number } | null {
		if (stop.stopped) return null;
		const count = sampler.next(this.#step.indices);
		const { completed, loss, correct } = this.#step.run(count, learningRate, stop);
		if (!completed) return null;
		this.#batch.loss = loss;
		this.#batch.accuracy = correct / count;
		this.#batch.count = count;
		return this.#batch;
	}

	/** The look set of training or validation, or the whole test set; null where there is none. */
	evaluate(set: "train" | "validation" | "test"): SetMetrics | null {
		const examples = set === "test" ? this.#test : this.#lookSets[set];
		if (!examples) return null;
		const { loss, correct } = this.#network.evaluate(examples);
		return { loss, accuracy: correct / examples.count };
	}

	/** Gradients of `groups` disjoint groups of `size` training examples each, at the present weights. Changes nothing. */
	noiseProbe(indices: Int32Array, groups: number, size: number) {
		return this.#probe.run(this.#train, indices, groups, size);
	}

	/** Seconds that `steps` steps take, mini-batches and updates included. */
	timeSteps(sampler: Sampler, steps: number): number {
		const began = performance.now();
		for (let step = 0; step < steps; step++) {
			this.#step.run(sampler.next(this.#step.indices), timingRate);
		}
		return (performance.now() - began) / 1000;
	}
}
