import { localNoiseScale } from "../../analysis/noise-scale.js";
import { nextLook, usualRatio } from "../../core/looks.js";
import { Rng } from "../../core/rng.js";
import type { Dataset } from "../../data/dataset.js";
import { reshufflingSampler, type Sampler } from "../../data/sampler.js";
import { Engine } from "../../engine/engine.js";
import type { ExampleSet } from "../../engine/example-set.js";
import { largestEigenvalue } from "../../engine/hessian/largest-eigenvalue.js";
import type { LayerSpec } from "../../engine/network-spec.js";
import type { Optimizer } from "../../engine/optimizers/optimizer.js";
import type { TrainingStep } from "../../engine/training-step.js";
import { seedOf } from "../../study/search/seeds.js";
import { probeGroups } from "../../trainers/probe-groups.js";
import type { Look } from "./look.js";
import { type LaneChange, type LaneOptimizer, type LaneSettings, type LaneTask, laneOptimizers } from "./settings.js";

/** A loss that is so many times the one at the start counts as blown up, though it is still a number. */
const blownUp = 3;

/** The layers of a network with these hidden ones for so many classes. */
export const layersOf = ({ hidden, activation }: Pick<LaneTask, "hidden" | "activation">, classes: number): readonly LayerSpec[] => [
	...hidden.flatMap((units): readonly LayerSpec[] => [{ kind: "dense", units }, { kind: activation }]),
	{ kind: "dense", units: classes },
];

/** One optimizer with the step that uses it, which measures the gradient's norm. */
interface Means {
	readonly optimizer: Optimizer;
	readonly step: TrainingStep;
}

/**
 * One lane: a network that trains step by step, and goes on with other settings whenever it is asked to. Until its first change its weights
 * are those of `sweetspot train` on the study that the playground saves, bit for bit: the same generators, sampler and kernels. (Measuring
 * a gradient's norm keeps the gradient for a moment, which changes no bit.) All memory is taken by the constructor.
 */
export class LaneTraining {
	/** Steps taken, and the examples they used. */
	step = 0;
	examples = 0;
	/** Mean loss of the last mini-batch at the weights before its update. NaN or infinite: diverged. */
	loss = Number.NaN;
	/** |∇| of the last mini-batch. */
	gradientNorm = Number.NaN;
	/** Whether the loss has stopped being a number: no step can follow. */
	diverged = false;
	/** Whether the training loss has been several times what it was at the start. */
	hasBlownUp = false;
	readonly #engine = Engine.create();
	readonly #means: Readonly<Record<LaneOptimizer, Means>>;
	readonly #train: ExampleSet;
	readonly #heldOut: ExampleSet;
	readonly #sampler: Sampler;
	/** Those to come, in the order of their steps. */
	#changes: LaneChange[];
	readonly #start: Float32Array;
	readonly #kept: Float32Array;
	readonly #startLoss: number;
	readonly #network;
	readonly #hessian;
	readonly #probe;
	#settings: LaneSettings;
	#last: { readonly indices: Int32Array; readonly count: number } | null = null;
	#nextLook = 1;

	/** `changes`: known beforehand, in the order of their steps. Throws `data/…` and `model/…` errors. */
	constructor(
		task: LaneTask,
		private readonly data: Dataset,
		settings: LaneSettings,
		changes: readonly LaneChange[] = [],
	) {
		const engine = this.#engine;
		const load = (set: Dataset["train"]) => engine.load({ ...set, width: data.width });
		this.#train = load(data.train);
		this.#heldOut = load(data.validation);
		const network = engine.build({
			inputs: data.width,
			layers: layersOf(task, data.classes),
			init: "he-normal",
			loss: "softmax-cross-entropy",
			reduction: "mean",
		});
		this.#network = network;
		const means = (name: LaneOptimizer): Means => {
			const optimizer = engine.optimizer(network, laneOptimizers[name]);
			return { optimizer, step: engine.trainingStep(network, optimizer, this.#train, { gradientNorm: true }) };
		};
		this.#means = { sgd: means("sgd"), momentum: means("momentum"), adam: means("adam") };
		this.#hessian = engine.hessian(network);
		this.#probe = engine.noiseProbe(network);
		const rng = Rng.fromSeed(seedOf(task.seed, "reporting", 0));
		network.initialize(rng.split("weights"));
		this.#sampler = reshufflingSampler(this.#train.count, 1, "keep", rng.split("batches"));
		this.#settings = this.#within(settings);
		this.#changes = [...changes];
		this.#start = Float32Array.from(network.parameters);
		this.#kept = Float32Array.from(network.parameters);
		this.#startLoss = network.evaluate(this.#train).loss;
	}

	/** What its next step uses. */
	get settings(): LaneSettings {
		const due = this.#changes.findLast(({ step }) => step <= this.step);
		return due ? this.#within(due.settings) : this.#settings;
	}

	/** N, training examples. */
	get size(): number {
		return this.#train.count;
	}

	/** The network's parameters as they are: a copy. */
	get weights(): Float32Array {
		return Float32Array.from(this.#network.parameters);
	}

	/** Places in the training set of the last mini-batch's examples; at most `most`. */
	lastBatch(most: number): Int32Array {
		return this.#last ? this.#last.indices.slice(0, Math.min(most, this.#last.count)) : new Int32Array();
	}

	/**
	 * Goes on with other settings from the next step on, or after `from` steps where that is later. Takes the place of all changes that were
	 * to come from there on. Returns the step after which it takes effect.
	 */
	change(settings: LaneSettings, from = 0): number {
		const step = Math.max(from, this.step);
		this.#changes = [...this.#changes.filter((change) => change.step < step), { step, settings }];
		return step;
	}

	/** One step. Returns whether a look at all examples is due after it. */
	advance(): boolean {
		while (this.#changes.length > 0 && this.#changes[0].step <= this.step) {
			const change = this.#changes.shift();
			if (change) this.#use(this.#within(change.settings));
		}
		const { batchSize, learningRate, optimizer } = this.#settings;
		const { step } = this.#means[optimizer];
		const count = this.#sampler.next(step.indices, batchSize);
		const report = step.run(count, learningRate);
		this.#last = { indices: step.indices, count };
		this.step++;
		this.examples += count;
		this.loss = report.loss;
		this.gradientNorm = Math.sqrt(report.squaredNorm);
		if (!Number.isFinite(report.loss)) this.diverged = true;
		if (this.step < this.#nextLook) return this.diverged;
		this.#nextLook = nextLook(this.step, usualRatio);
		return true;
	}

	/** Loss and accuracy on all training and held-out examples at the present weights, and how far these are from the start. */
	look(seconds: number, isPassing = false): Look {
		const train = this.#network.evaluate(this.#train);
		const heldOut = this.#network.evaluate(this.#heldOut);
		if (!Number.isFinite(train.loss)) this.diverged = true;
		else if (train.loss > blownUp * this.#startLoss) this.hasBlownUp = true;
		else if (!this.hasBlownUp) this.#kept.set(this.#network.parameters);
		return {
			step: this.step,
			examples: this.examples,
			seconds,
			train: { loss: train.loss, accuracy: train.correct / this.#train.count },
			heldOut: { loss: heldOut.loss, accuracy: heldOut.correct / this.#heldOut.count },
			gradientNorm: this.gradientNorm,
			distance: this.#distance(),
			isPassing,
		};
	}

	/**
	 * B_simple = tr(Σ)/|G|², in examples, at the present weights: McCandlish et al. 2018, equation 2.9. Null where the gradient can't be
	 * distinguished from its noise.
	 */
	noiseScale(): number | null {
		const groups = probeGroups(this.#train.count);
		if (!groups || this.diverged) return null;
		const order = Int32Array.from({ length: this.#train.count }, (_, i) => i);
		Rng.fromSeed(this.step).shuffle(order);
		const run = this.#probe.run(this.#train, order.subarray(0, groups.groups * groups.size), groups.groups, groups.size);
		return localNoiseScale({ step: this.step, groupSize: groups.size, ...run }, this.#train.count).noiseScale.estimate;
	}

	/**
	 * λ_max of the training loss where it was last sound: the curvature that bounds a stable learning rate. Leaves the weights as they are.
	 */
	sharpness(): number {
		const { parameters } = this.#network;
		const now = Float32Array.from(parameters);
		parameters.set(this.#kept);
		const times = (vector: Float64Array) => this.#hessian.times(this.#train, vector).product;
		const { value } = largestEigenvalue(times, this.#hessian.parameterCount, Rng.fromSeed(1));
		parameters.set(now);
		return value;
	}

	/** Class by class what the network says of each example: count × classes logits. */
	predict(set: ExampleSet): Float32Array {
		const into = new Float32Array(set.count * this.#network.outputs);
		this.#network.predict(set, into);
		return into;
	}

	/** Examples without a truth, to be predicted. Takes memory: once for each lane. */
	examplesOf(features: Float32Array): ExampleSet {
		const count = features.length / this.data.width;
		return this.#engine.load({ count, width: this.data.width, features, labels: new Int32Array(count) });
	}

	#use(after: LaneSettings): void {
		if (this.#settings.optimizer !== after.optimizer) this.#means[after.optimizer].optimizer.reset();
		this.#settings = after;
	}

	#distance(): number {
		const { parameters } = this.#network;
		let sum = 0;
		for (let i = 0; i < parameters.length; i++) sum += (parameters[i] - this.#start[i]) ** 2;
		return Math.sqrt(sum);
	}

	#within(settings: LaneSettings): LaneSettings {
		return { ...settings, batchSize: Math.max(1, Math.min(settings.batchSize, this.#train.count)) };
	}
}
