import type { Json } from "../core/canonical.js";
import type { Recorded } from "../core/recorded.js";
import type { Rng } from "../core/rng.js";
import type { Setting } from "../core/setting.js";
import type { StopSignal } from "../study/contracts.js";
import type { Pace } from "./pace.js";
import type { ProbeGroups } from "./probe-groups.js";

/** The progress of a trial. */
export interface TrialPosition {
	readonly step: number;
	/** Examples used. */
	readonly examples: number;
}

/** Loss and accuracy over examples; accuracy is null where nothing is classified. */
export interface SetMetrics {
	readonly loss: number;
	readonly accuracy: number | null;
}

/** One mini-batch, at the weights before its update. */
export interface BatchMetrics extends SetMetrics {
	/** Examples in it: a last batch may be short. */
	readonly count: number;
}

/** The pace of the step after so many steps and examples; null: it is not to be taken yet. */
export type PaceAt = (steps: number, examples: number) => Readonly<Pace> | null;

/** Steps that were taken one after the other. */
export interface Advance {
	/** At least one. */
	readonly steps: number;
	readonly examples: number;
	/** Of the last step. The steps before it had finite losses. */
	readonly last: BatchMetrics;
}

/** Gradients of K disjoint groups of examples at the same weights. */
export interface GroupGradients {
	/** For each group: the sum over its examples of |g_i|²; empty where single examples have no gradients. */
	readonly squaredNormSums: readonly number[];
	/** K×K, row-major: inner products of the groups' mean gradients. */
	readonly gram: readonly number[];
}

/** What the study records at looks, in addition to the metrics. Changes nothing in the trial. */
export interface Recorder {
	/** The next step is one that a look follows. */
	before(): void;
	/** What that step and the weights after it show; null if nothing. `atGoal`: the generator for draws if the goal has just been met. */
	after(atGoal: Rng | null): Recorded | null;
}

/**
 * What trains one kind of workload: its weights, steps, looks and probes, one trial at a time. The loop around it (when to look, when to
 * stop, the outcome) is in `trainer.ts`, the same for all.
 */
export interface Machinery {
	/** The library that computes the large matrix products, with its version; null where our own kernels do it all. */
	readonly backend: string | null;
	/** Null where the study records nothing. */
	readonly recorder: Recorder | null;
	/**
	 * New weights, an optimizer without memory, and an order of examples: all functions of `rng`'s key. What `setting` leaves out is the
	 * workload's own.
	 */
	begin(batchSize: number, rng: Rng, setting?: Setting): void;
	/**
	 * One step on the next mini-batch (the same object each time), or null if asked to stop. A loss that isn't finite: diverged. `batchSize`:
	 * of this step, where it isn't the one the trial began with.
	 */
	step(learningRate: number, stop: StopSignal, batchSize?: number): BatchMetrics | null;
	/**
	 * At least one step and at most so many, from this position on, to the bits of the same steps taken one by one; null if asked to stop. It
	 * ends soon, where `paceAt` is null, and with the first loss that isn't finite. The first step is to be taken.
	 */
	advance(from: TrialPosition, most: number, paceAt: PaceAt, stop: StopSignal): Advance | null;
	/** The look set of training or validation, or the whole test set, at the present weights; null where there is none. */
	evaluate(set: "train" | "validation" | "test"): SetMetrics | null;
	/**
	 * The state of the trial between two steps: weights, the optimizer's memory, generators, the position in the epoch. `run`: what else
	 * identifies the run. After `begin` for the same batch size and setting, `restore` continues to the same bits; it throws
	 * `checkpoint/unusable` for another run.
	 */
	save(position: TrialPosition, run: Json): Uint8Array;
	restore(saved: Uint8Array, run: Json): TrialPosition;
	/** Groups of a probe are multiples of so many examples: a ghost batch has a gradient only as a whole. */
	readonly examplesTogether: number;
	/** Gradients of disjoint groups of training examples, drawn by `rng`, at the present weights. Changes nothing. */
	probe(groups: ProbeGroups, rng: Rng): GroupGradients;
}
