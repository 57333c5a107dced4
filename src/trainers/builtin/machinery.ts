import { asJson, type Json } from "../../core/canonical.js";
import { checkAbout, decodeCheckpoint, encodeCheckpoint, type Numbers, requireSound, restoreNumbers } from "../../core/checkpoint.js";
import { internal } from "../../core/errors.js";
import { Rng } from "../../core/rng.js";
import type { Setting } from "../../core/setting.js";
import type { Dataset, Examples } from "../../data/dataset.js";
import { lookIndices } from "../../data/look-sets.js";
import type { Sampler } from "../../data/sampler.js";
import { pick } from "../../data/split.js";
import type { State } from "../../engine/arena.js";
import { Engine } from "../../engine/engine.js";
import type { ExampleSet } from "../../engine/example-set.js";
import type { GradientNoise } from "../../engine/gradient-noise.js";
import type { NativeProducts } from "../../engine/native-products.js";
import type { Network } from "../../engine/network.js";
import type { NoiseProbe } from "../../engine/noise-probe.js";
import type { Optimizer } from "../../engine/optimizers/optimizer.js";
import { beta2Of, momentumOf, withSetting } from "../../engine/optimizers/spec.js";
import { type NamedArray, parameterArrays } from "../../engine/parameter-arrays.js";
import type { TrainingStep } from "../../engine/training-step.js";
import type { WeightAverage } from "../../engine/weight-average.js";
import type { StopSignal } from "../../study/contracts.js";
import type { NetworkWorkload, TrainableStudy } from "../../study/study.js";
import { oneStep } from "../advance.js";
import { samplerOf } from "../batches.js";
import type { Advance, BatchMetrics, GroupGradients, Machinery, PaceAt, SetMetrics, TrialPosition } from "../machinery.js";
import type { ProbeGroups } from "../probe-groups.js";
import { NetworkRecorder } from "./recorder.js";
import { takeTogether } from "./steps-together.js";

/** A study's network, data and optimizer in one engine, built once and used by every trial. */
export class BuiltinMachinery implements Machinery {
	readonly #network: Network;
	readonly #optimizer: Optimizer;
	/** Momentum and weight decay of the present trial. */
	readonly #tuned = new Float64Array(2);
	readonly #step: TrainingStep;
	readonly #noise: GradientNoise | null;
	readonly #average: WeightAverage | null;
	readonly #probe: NoiseProbe;
	readonly #train: ExampleSet;
	readonly #lookSets: Readonly<Record<"train" | "validation", ExampleSet>>;
	readonly #test: ExampleSet | null;
	readonly #batch: { loss: number; accuracy: number | null; count: number } = { loss: 0, accuracy: null, count: 0 };
	readonly #classifies: boolean;
	readonly backend: string | null;
	readonly recorder: NetworkRecorder | null;
	/** For code that measures more than trials do. */
	readonly engine: Engine;
	#sampler: Sampler | null = null;
	#batchSize = 0;

	/** Throws `model/misfit` where the network doesn't fit the data. */
	constructor(
		{ looks, batchSizes, record }: Pick<TrainableStudy, "looks"> & Partial<Pick<TrainableStudy, "batchSizes" | "record">>,
		private readonly workload: NetworkWorkload,
		{ width, image, train, validation, test }: Dataset,
		native: NativeProducts | null = null,
	) {
		this.backend = native?.kind === "blas" ? native.name : null;
		const engine = Engine.create(native);
		this.engine = engine;
		const load = (examples: Examples) => engine.load({ ...examples, width });
		const lookSet = (set: Examples) => load(set.count <= looks.examples ? set : pick(set, width, lookIndices(set.count, looks.examples)));
		this.#train = load(train);
		this.#lookSets = { train: lookSet(train), validation: lookSet(validation) };
		this.#test = test && load(test);
		this.#network = engine.build({
			inputs: width,
			...(image && { image }),
			layers: workload.model,
			init: workload.init,
			loss: workload.loss,
			...(workload.labelSmoothing !== undefined && { labelSmoothing: workload.labelSmoothing }),
			reduction: workload.reduction,
			largestBatch: batchSizes && !workload.schedule?.batchSize ? Math.max(...batchSizes) : train.count, // a schedule may grow to all
		});
		this.#classifies = workload.loss !== "mean-squared-error";
		const { clipNorm, noise } = workload.gradient ?? {};
		this.#noise = noise ? engine.gradientNoise(this.#network, noise) : null;
		this.#optimizer = engine.optimizer(this.#network, workload.optimizer);
		this.#average = workload.averaging === undefined ? null : engine.weightAverage(this.#network, workload.averaging);
		const shaping = { ...(clipNorm !== undefined && { clipNorm }), ...(this.#noise && { noise: this.#noise }) };
		this.#step = engine.trainingStep(this.#network, this.#optimizer, this.#train, shaping);
		this.#probe = engine.noiseProbe(this.#network);
		this.recorder = record
			? new NetworkRecorder(record, {
					engine,
					network: this.#network,
					measuringStep: () => engine.trainingStep(this.#network, this.#optimizer, this.#train, { ...shaping, gradientNorm: true }),
					curvatureSet: this.#lookSets.train,
				})
			: null;
	}

	/** For code that measures more than trials do: the parameters and gradients at the current weights. */
	get network(): Network {
		return this.#network;
	}

	/** The weights that are evaluated, layer by layer, averaged where the workload says so; and running statistics. */
	get weights(): readonly NamedArray[] {
		return this.#evaluating(() => parameterArrays(this.#network));
	}

	/** The whole training set. */
	get trainingSet(): ExampleSet {
		return this.#train;
	}

	get examplesTogether(): number {
		return this.#network.examplesTogether;
	}

	/** N, training examples. */
	get examples(): number {
		return this.#train.count;
	}

	begin(batchSize: number, rng: Rng, setting: Setting = {}): void {
		this.#batchSize = batchSize;
		const optimizer = withSetting(this.workload.optimizer, setting);
		this.#tuned.set([momentumOf(optimizer), optimizer.weightDecay ?? 0]);
		this.#retune();
		this.#network.initialize(rng.split("weights"));
		this.#average?.begin();
		this.recorder?.begin();
		this.#noise?.begin(rng.split("gradient noise"));
		this.#sampler = samplerOf(this.workload, this.#train.count, batchSize, rng.split("batches"));
	}

	/**
	 * The state of the trial between two steps: weights, the state of optimizer and layers, generators, the position in the epoch, and what
	 * the training loop adds. `run`: what else identifies the run.
	 */
	save(progress: TrialPosition, run: Json = null): Uint8Array {
		if (!this.#sampler) throw internal("a checkpoint before its trial began");
		const arrays = {
			...this.#state(),
			...this.#sampler.save(),
			progress: Float64Array.of(progress.step, progress.examples),
			batchSize: Float64Array.of(this.#batchSize),
		};
		return encodeCheckpoint({ about: this.#about(this.#batchSize, run), arrays });
	}

	/**
	 * Continues a saved trial of the same workload and data to the same bits; returns its position. Throws `checkpoint/unusable` for any
	 * other trial. Call `begin` after a failure, since the state may have changed.
	 */
	restore(bytes: Uint8Array, run: Json = null): TrialPosition {
		const checkpoint = decodeCheckpoint(bytes);
		const batchSize = new Float64Array(1);
		restoreNumbers(checkpoint, "batchSize", batchSize);
		requireSound("batch size", batchSize[0] >= 1 && batchSize[0] <= this.#train.count && Number.isInteger(batchSize[0]));
		checkAbout(checkpoint, this.#about(batchSize[0], run));
		for (const [name, numbers] of Object.entries(this.#state())) restoreNumbers(checkpoint, name, numbers);
		this.#batchSize = batchSize[0];
		this.#retune();
		this.#sampler = samplerOf(this.workload, this.#train.count, batchSize[0], Rng.fromSeed(0));
		this.#sampler.restore(checkpoint);
		const progress = new Float64Array(2);
		restoreNumbers(checkpoint, "progress", progress);
		requireSound(
			"progress",
			progress.every((count) => Number.isSafeInteger(count) && count >= 0),
		);
		return { step: progress[0], examples: progress[1] };
	}

	/** All numbers in the engine's memory that carry over from step to step, by name. */
	#state(): Readonly<Record<string, Numbers>> {
		const kept = (owner: string, state: readonly State[]) =>
			Object.fromEntries(state.map(({ view }, i): [string, Numbers] => [`${owner} ${i}`, view]));
		return {
			parameters: this.#network.parameters,
			layers: this.#network.state,
			setting: this.#tuned,
			...(this.recorder && { start: this.recorder.start }),
			...kept("optimizer", this.#optimizer.state),
			...kept("gradient noise", this.#noise?.state ?? []),
			...kept("average", this.#average?.state ?? []),
		};
	}

	#retune(): void {
		const [momentum, weightDecay] = this.#tuned;
		this.#optimizer.retune({ momentum, weightDecay, beta2: beta2Of(this.workload.optimizer, this.#batchSize) });
	}

	#about(batchSize: number, run: Json): Json {
		const { data: _, ...workload } = this.workload;
		return {
			...(run !== null && { run }),
			workload: asJson(workload),
			examples: this.#train.count,
			inputs: this.#train.width,
			batchSize,
		};
	}

	step(learningRate: number, stop: StopSignal, batchSize = this.#batchSize): BatchMetrics | null {
		if (!this.#sampler) throw internal("a step before its trial began");
		if (stop.stopped) return null;
		const step = this.recorder?.step ?? this.#step;
		const count = this.#sampler.next(step.indices, batchSize);
		const { completed, loss, correct } = step.run(count, learningRate, stop);
		if (!completed) return null;
		this.#average?.follow();
		return this.#measured(count, loss, correct);
	}

	advance(from: TrialPosition, most: number, paceAt: PaceAt, stop: StopSignal): Advance | null {
		if (!this.#sampler) throw internal("a step before its trial began");
		if (stop.stopped) return null;
		const { block, indices } = this.#step;
		const alone = most === 1 || !block || this.#average || this.recorder?.step;
		const taken = alone ? null : takeTogether(block, indices, this.#sampler, from, most, paceAt);
		if (!block || !taken) return oneStep(this, from, paceAt, stop);
		const last = taken.steps - 1;
		return { ...taken, last: this.#measured(block.counts[last], block.loss(last), block.correct(last)) };
	}

	#measured(count: number, loss: number, correct: number): BatchMetrics {
		this.#batch.loss = loss;
		if (this.#classifies) this.#batch.accuracy = correct / count;
		this.#batch.count = count;
		return this.#batch;
	}

	evaluate(set: "train" | "validation" | "test"): SetMetrics | null {
		const examples = set === "test" ? this.#test : this.#lookSets[set];
		if (!examples) return null;
		const { loss, correct } = this.#evaluating(() => this.#network.evaluate(examples));
		return { loss, accuracy: this.#classifies ? correct / examples.count : null };
	}

	#evaluating<T>(read: () => T): T {
		return this.#average ? this.#average.during(read) : read();
	}

	probe({ groups, size }: ProbeGroups, rng: Rng): GroupGradients {
		const order = Int32Array.from({ length: this.#train.count }, (_, i) => i);
		rng.shuffle(order);
		return this.#probe.run(this.#train, order.subarray(0, groups * size), groups, size);
	}
}
