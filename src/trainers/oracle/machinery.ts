import { asJson, type Json } from "../../core/canonical.js";
import { checkAbout, decodeCheckpoint, encodeCheckpoint, restoreNumbers } from "../../core/checkpoint.js";
import { internal } from "../../core/errors.js";
import type { Rng } from "../../core/rng.js";
import type { Setting } from "../../core/setting.js";
import { beta2Of, type OptimizerSpec, withSetting } from "../../engine/optimizers/spec.js";
import type { StopSignal } from "../../study/contracts.js";
import type { OracleWorkload } from "../../study/study.js";
import { oneStep } from "../advance.js";
import type { Advance, BatchMetrics, GroupGradients, Machinery, PaceAt, SetMetrics, TrialPosition } from "../machinery.js";
import type { ProbeGroups } from "../probe-groups.js";
import { clip, type GradientNoise, noiseOf } from "./gradient.js";
import { type OracleOptimizer, oracleOptimizer } from "./optimizer.js";
import type { Batches, Oracle } from "./oracle.js";

/**
 * Descends an oracle from weights drawn from N(0, 1), by the optimizer, and with the gradient clipped and noisy, as the built-in trainer
 * would, in double precision.
 */
export class OracleMachinery implements Machinery {
	readonly backend = null;
	/** The present weights; changed in place by `begin` and `step`. */
	readonly weights: Float64Array;
	readonly #gradient: Float64Array;
	/** Of the present trial, and its optimizer. */
	#spec: OptimizerSpec;
	#optimizer: OracleOptimizer;
	#noise: GradientNoise | null = null;
	#batches: Batches | null = null;
	#batchSize = 1;

	constructor(
		private readonly oracle: Oracle,
		private readonly descent: Pick<OracleWorkload, "optimizer" | "gradient">,
	) {
		this.weights = new Float64Array(oracle.dimensions);
		this.#gradient = new Float64Array(oracle.dimensions);
		this.#spec = descent.optimizer;
		this.#optimizer = oracleOptimizer(this.#spec, oracle.dimensions, this.#batchSize);
	}

	readonly recorder = null;
	readonly examplesTogether = 1;

	begin(batchSize: number, rng: Rng, setting: Setting = {}): void {
		const draws = rng.split("weights");
		for (let i = 0; i < this.weights.length; i++) this.weights[i] = draws.normal();
		const spec = withSetting(this.descent.optimizer, setting);
		if (spec !== this.#spec || beta2Of(spec, batchSize) !== beta2Of(spec, this.#batchSize)) {
			this.#spec = spec;
			this.#optimizer = oracleOptimizer(spec, this.oracle.dimensions, batchSize);
		}
		this.#batchSize = batchSize;
		this.#optimizer.reset();
		const noise = this.descent.gradient?.noise;
		this.#noise = noise ? noiseOf(noise, rng.split("gradient noise")) : null;
		this.#batches = this.oracle.batches(batchSize, rng.split("batches"));
	}

	save({ step, examples }: TrialPosition, run: Json): Uint8Array {
		if (!this.#batches) throw internal("a checkpoint before its trial began");
		const arrays = {
			weights: this.weights,
			...this.#optimizer.save(),
			...this.#batches.save(),
			...this.#noise?.save(),
			progress: Float64Array.of(step, examples),
		};
		return encodeCheckpoint({ about: this.#about(run), arrays });
	}

	restore(saved: Uint8Array, run: Json): TrialPosition {
		if (!this.#batches) throw internal("a checkpoint restored before its trial began");
		const checkpoint = decodeCheckpoint(saved);
		checkAbout(checkpoint, this.#about(run));
		restoreNumbers(checkpoint, "weights", this.weights);
		this.#optimizer.restore(checkpoint);
		this.#batches.restore(checkpoint);
		this.#noise?.restore(checkpoint);
		const progress = new Float64Array(2);
		restoreNumbers(checkpoint, "progress", progress);
		return { step: progress[0], examples: progress[1] };
	}

	#about(run: Json): Json {
		return { run, optimizer: asJson(this.#spec), dimensions: this.weights.length, batchSize: this.#batchSize };
	}

	step(learningRate: number, stop: StopSignal, batchSize = this.#batchSize): BatchMetrics | null {
		if (!this.#batches) throw internal("a step before its trial began");
		if (stop.stopped) return null;
		const batch = this.#batches.next(this.weights, this.#gradient, batchSize);
		if (this.descent.gradient?.clipNorm !== undefined) clip(this.#gradient, this.descent.gradient.clipNorm);
		this.#noise?.add(this.#gradient);
		this.#optimizer.step(this.weights, this.#gradient, learningRate);
		return batch;
	}

	advance(from: TrialPosition, _most: number, paceAt: PaceAt, stop: StopSignal): Advance | null {
		return oneStep(this, from, paceAt, stop);
	}

	evaluate(set: "train" | "validation" | "test"): SetMetrics | null {
		return this.oracle.evaluate(set, this.weights);
	}

	probe({ groups, size }: ProbeGroups, rng: Rng): GroupGradients {
		const next = this.oracle.examples(rng);
		const gradient = new Float64Array(this.oracle.dimensions);
		const squaredNormSums = new Array<number>(groups).fill(0);
		const means = squaredNormSums.map((_, group) => {
			const mean = new Float64Array(gradient.length);
			for (let example = 0; example < size; example++) {
				next(this.weights, gradient);
				squaredNormSums[group] += dot(gradient, gradient);
				for (let i = 0; i < mean.length; i++) mean[i] += gradient[i] / size;
			}
			return mean;
		});
		return { squaredNormSums, gram: means.flatMap((one) => means.map((other) => dot(one, other))) };
	}
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}
