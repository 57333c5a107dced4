import { internal } from "../core/errors.js";
import type { Arena, Block } from "./arena.js";
import type { ExampleSet } from "./example-set.js";
import type { GradientNoise } from "./gradient-noise.js";
import { gradientSinks } from "./kernels.js";
import type { Network } from "./network.js";
import type { Optimizer } from "./optimizers/optimizer.js";
import { checkFit } from "./shapes.js";
import type { StepBlock } from "./step-block.js";
import { StepReport } from "./step-report.js";

/** What a step can measure in addition to loss and hits. */
export interface StepMeasures {
	/** |∇|² of the mini-batch gradient, as reduced. Costs a pass over the parameters. */
	readonly gradientNorm?: boolean;
	/** |g_i|² of each example's own gradient. */
	readonly perExample?: boolean;
}

/** What becomes of a mini-batch gradient, as reduced, before the optimizer has it. It is measured as it was before. */
interface GradientShaping {
	/**
	 * c: a gradient longer than this is shortened to it, g·c/(|g| + 10⁻⁶), over all parameters together (Pascanu et al. 2013, algorithm 1).
	 */
	readonly clipNorm?: number;
	/** Added after clipping, so that it keeps the variance that was asked for. */
	readonly noise?: GradientNoise;
}

export type StepOptions = StepMeasures & GradientShaping;

/** Asks a long step to end. Read between chunks. */
export interface StopFlag {
	readonly stopped: boolean;
}

/** Training steps of one network on one set, at every batch size. */
export class TrainingStep {
	readonly #indices: Block<Int32Array>;
	readonly #norms: Block<Float64Array>;
	readonly #report: StepReport;
	readonly #rowNorms: { at: number; divisor: number } | null;
	readonly #gradientNorm: boolean;
	readonly #clipNorm: number | null;
	readonly #noise: GradientNoise | null;
	/** Takes several steps in one call; null where each is taken by itself. */
	readonly block: StepBlock | null;

	/** Throws `model/misfit` where the set doesn't fit the network. */
	constructor(
		private readonly network: Network,
		private readonly optimizer: Optimizer,
		private readonly set: ExampleSet,
		{ gradientNorm = false, perExample = false, clipNorm, noise }: StepOptions,
		arena: Arena,
	) {
		checkFit(network, set);
		if (perExample && network.perExampleNorms !== "defined") throw internal("this network has no gradients of single examples");
		this.#indices = arena.integers(set.count);
		const norms = arena.doubles(perExample ? set.count : 0);
		this.#norms = norms;
		this.#rowNorms = perExample ? { at: norms.pointer, divisor: 1 } : null;
		this.#gradientNorm = gradientNorm;
		this.#clipNorm = clipNorm ?? null;
		this.#noise = noise ?? null;
		this.#report = new StepReport(norms);
		this.block = perExample || this.#keepsGradient ? null : network.stepBlock(set, optimizer, this.#indices, arena);
	}

	/**
	 * Places in the set, to be filled before `run`; as many as the set has examples, which is the largest batch. Fetch it again after the
	 * engine loaded or built something.
	 */
	get indices(): Int32Array {
		return this.#indices.view;
	}

	/** Of the last step. */
	get report(): Readonly<StepReport> {
		return this.#report;
	}

	/**
	 * One step on the first `count` indices: gather, forward, loss, backward, update. Allocates nothing.
	 *
	 * A mini-batch of one chunk has its gradients applied where they arise, if the optimizer can do so and nothing else is to be done with
	 * them; the bits are the same either way.
	 */
	run(count: number, learningRate: number, stop?: StopFlag): Readonly<StepReport> {
		if (count > this.network.largestBatch) throw internal(`a mini-batch of ${count} for a network built for ${this.network.largestBatch}`);
		const report = this.#report;
		const { network, optimizer } = this;
		const divisor = network.spec.reduction === "mean" ? count : 1;
		const atOnce = count <= network.chunk && optimizer.fused && !this.#keepsGradient;
		const norms = this.#rowNorms;
		if (norms !== null) {
			const { view } = this.#norms;
			for (let i = 0; i < count; i++) view[i] = 0; // `fill` costs a tenth of a small step
			norms.divisor = divisor;
		}
		if (atOnce) optimizer.begin(learningRate);
		let loss = 0;
		let correct = 0;
		for (let from = 0; from < count; from += network.chunk) {
			if (from > 0 && stop?.stopped) {
				report.completed = false;
				return report;
			}
			if (norms !== null) norms.at = this.#norms.pointer + 8 * from;
			const rows = Math.min(network.chunk, count - from);
			const sink = atOnce ? gradientSinks.apply : from === 0 ? gradientSinks.replace : gradientSinks.add;
			network.differentiate(this.set, this.indices, this.#indices.pointer, from, rows, divisor, sink, norms);
			const totals = network.loss.totals.view;
			loss += totals[0];
			correct += totals[1];
		}
		if (this.#gradientNorm || this.#clipNorm !== null) network.measureGradient();
		if (this.#gradientNorm) report.numbers[2] = network.squaredNorm.view[0];
		if (this.#clipNorm !== null) network.clipGradient(this.#clipNorm);
		this.#noise?.add();
		if (!atOnce) {
			optimizer.begin(learningRate);
			optimizer.update();
		}
		report.completed = true;
		report.numbers[0] = loss / count;
		report.numbers[1] = correct;
		return report;
	}

	/** Whether the whole gradient must be there before it is used. */
	get #keepsGradient(): boolean {
		return this.#gradientNorm || this.#clipNorm !== null || this.#noise !== null;
	}
}
