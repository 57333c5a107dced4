import { type GradientMoments, gradientMoments } from "../../analysis/noise-scale.js";
import { canonicalJson } from "../../core/canonical.js";
import { internal } from "../../core/errors.js";
import { Rng } from "../../core/rng.js";
import type { Setting } from "../../core/setting.js";
import { type Few, fewOf } from "../../data/few.js";
import { loadDataset } from "../../data/load.js";
import type { NetworkWorkload } from "../../study/study.js";
import { BuiltinMachinery } from "../../trainers/builtin/machinery.js";
import type { BatchMetrics, SetMetrics } from "../../trainers/machinery.js";
import type { Tools } from "../experiment.js";
import { Landscape } from "./landscape.js";
import { Shared } from "./shared.js";
import { fewOfWorkload } from "./workloads.js";

const never = { stopped: false };

/**
 * One network in training, and what experiments measure of it in addition to its loss. The same object serves any number of runs, one after
 * the other.
 */
export class Laboratory {
	readonly #machinery: BuiltinMachinery;
	#initial: Float32Array = new Float32Array(0);
	#landscape: Landscape | null = null;

	/**
	 * Reads the data, and cuts them down where `few` says so, which is the workload's own unless it is given. Throws `data/…` and `model/…`
	 * errors.
	 */
	static open(workload: NetworkWorkload, tools: Tools, part: Few | null = null): Promise<Laboratory> {
		const few = part ?? fewOfWorkload(workload);
		return opened.of(tools, canonicalJson({ workload, few }), async () => {
			const data = await loadDataset(workload.data, tools.read);
			return new Laboratory(workload, few ? fewOf(data, few) : data, tools.native);
		});
	}

	private constructor(
		readonly workload: NetworkWorkload,
		data: Awaited<ReturnType<typeof loadDataset>>,
		native: Tools["native"],
	) {
		this.#machinery = new BuiltinMachinery({ looks: { ratio: 1, examples: Number.POSITIVE_INFINITY } }, workload, data, native);
	}

	/** N, training examples. */
	get examples(): number {
		return this.#machinery.examples;
	}

	get parameterCount(): number {
		return this.#machinery.network.parameterCount;
	}

	/** A copy of the present weights. */
	get weights(): Float32Array {
		return this.#machinery.network.parameters.slice();
	}

	/** Puts the network at these weights. */
	place(weights: Float32Array): void {
		this.#machinery.network.parameters.set(weights);
	}

	/** The training loss around the present weights, wherever those are by then. */
	get landscape(): Landscape {
		const { engine, network, trainingSet } = this.#machinery;
		this.#landscape ??= new Landscape(engine, network, trainingSet);
		return this.#landscape;
	}

	/**
	 * New weights, an optimizer without memory, and an order of examples: functions of the seed, the weights of the seed alone. `setting`:
	 * momentum and weight decay, where they aren't the workload's own.
	 */
	begin(batchSize: number, seed: number, setting: Setting = {}): void {
		this.#machinery.begin(batchSize, Rng.fromSeed(seed), setting);
		this.#initial = this.weights;
	}

	/**
	 * One step on the next mini-batch: its loss, accuracy and count (the same object each time). A loss that isn't finite: diverged.
	 * `batchSize`: of this step, where it isn't the one the run began with.
	 */
	step(learningRate: number, batchSize?: number): BatchMetrics {
		const batch = this.#machinery.step(learningRate, never, batchSize);
		if (!batch) throw internal("nothing stops a step here");
		return batch;
	}

	/** Loss and accuracy over a whole set, at the present weights; null where there is no such set. */
	evaluate(set: "train" | "validation" | "test"): SetMetrics | null {
		return this.#machinery.evaluate(set);
	}

	/** ‖w − w₀‖: Euclidean distance from the initial weights, summed in double precision. */
	distance(): number {
		const weights = this.#machinery.network.parameters;
		let sum = 0;
		for (let i = 0; i < weights.length; i++) sum += (weights[i] - this.#initial[i]) ** 2;
		return Math.sqrt(sum);
	}

	/**
	 * |∇| of the mean loss over each of `count` mini-batches at the present weights, drawn by `rng` without replacement within a batch,
	 * independently of each other. Moves nothing.
	 */
	gradientNorms(batchSize: number, count: number, rng: Rng): readonly number[] {
		const groups = { groups: 1, size: batchSize };
		return Array.from({ length: count }, (_, i) => Math.sqrt(this.#machinery.probe(groups, rng.split(i)).gram[0]));
	}

	/** |G|² and tr(Σ) at the present weights, exactly: from the gradient of every training example. Moves nothing. */
	gradientMoments(): GradientMoments {
		const probe = this.#machinery.probe({ groups: 1, size: this.examples }, Rng.fromSeed(0));
		return gradientMoments({ step: 0, groupSize: this.examples, ...probe }, this.examples);
	}
}

/** By workload: an experiment has few of them and many runs of each. */
const opened = new Shared<Laboratory>();
