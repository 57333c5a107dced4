/**
 * The words everybody shares: what a trial is asked to do, what it says while it runs, and what came of it.
 */

import { type ComparisonName, comparisonNames } from "./comparisons.js";
import type { Metrics } from "./known-metrics.js";
import type { Recorded } from "./recorded.js";
import { type Setting, settingKey } from "./setting.js";

/** Which of a column's questions a trial answers; each phase has seeds of its own, so no run is both chosen and reported. */
export type TradeoffPhase = "tuning" | "selecting" | "reporting";
/** The same of the comparisons at equal budgets, which share no trial with the tradeoff nor with one another. */
export type ComparisonPhase = `${ComparisonName} ${"tuning" | "reporting"}`;
/** Runs of a planned length, of which only the end counts: to choose, and on fresh seeds to report. */
export type HorizonPhase = "horizon tuning" | "horizon reporting";
/** "ladder": runs that are continued, or ended, as they compare. "baseline": the user's own setting, on the seeds of the reporting runs. */
export type Phase = TradeoffPhase | ComparisonPhase | HorizonPhase | "ladder" | "baseline";

/** The budget whose comparison a phase belongs to; null: the tradeoff's. */
export const comparisonOfPhase = (phase: Phase): ComparisonName | null =>
	comparisonNames.find((name) => phase.startsWith(`${name} `)) ?? null;

/** One training run, described completely: equal specifications of one study give equal results, on any machine. */
export interface TrialSpec extends Setting {
	readonly phase: Phase;
	/** B, examples per step. */
	readonly batchSize: number;
	/** A half octave (see `rates.ts`). */
	readonly learningRate: number;
	/** Place of the seed within its phase, from 0: the same index means the same seed at every batch size and rate (paired runs). */
	readonly seedIndex: number;
	/** 32-bit seed, a function of (study seed, phase, seedIndex). */
	readonly seed: number;
	/** Steps after which the trial ends at the latest; under a schedule that knows the end, the length that is planned. */
	readonly cap: number;
	/** Stop at the look that reaches the goal; or go on to the cap without regard to the goal, and look there. */
	readonly until: "goal" | "cap";
	/** Evaluate both sets at every look (for learning curves), not just the one the goal is on. */
	readonly curves: boolean;
	/**
	 * Probe the gradient noise at log-spaced steps, and where the goal is reached. Draws from a generator of its own and changes nothing in
	 * the run.
	 */
	readonly probe: boolean;
}

/** How a trial ended. Data, not an exception. */
export type Outcome = "reached" | "missed" | "diverged" | "stopped" | "timed out" | "out of memory" | "failed" | "cancelled";

/** One look at the metrics. A loss that isn't a number is absent, and the trial's outcome says "diverged". */
export interface Evaluation {
	/** Steps taken so far. */
	readonly step: number;
	/** Examples used so far (a short last batch counts as what it is). */
	readonly examples: number;
	readonly metrics: Metrics;
	/** What the study records in addition; absent where it records nothing. No part of the digest. */
	readonly recorded?: Recorded;
}

/** When the goal was met: somewhere in (after, step]. */
export interface Crossing {
	/** The look before, which didn't meet the goal; 0 if there was none. */
	readonly after: number;
	/** The look that met it. */
	readonly step: number;
	/** Examples used up to `step`. */
	readonly examples: number;
}

/**
 * Gradients of K disjoint groups of training examples, all at the same weights, drawn without replacement. Enough to estimate tr(Σ) and
 * |G|² and, by leaving out one group at a time, how sure they are.
 */
export interface NoiseProbe {
	/** Steps taken before the probe: 0 is the initial weights. */
	readonly step: number;
	/** b, examples in each group. */
	readonly groupSize: number;
	/**
	 * For each of the K groups: the sum over its examples of |g_i|²; empty where single examples have no gradients, as under batch
	 * normalization.
	 */
	readonly squaredNormSums: readonly number[];
	/** K×K, row-major: inner products of the groups' mean gradients. */
	readonly gram: readonly number[];
}

/**
 * Squared norms of the mean gradients of two batches of different size, at the same weights: all that an outside trainer can offer. `small`
 * may be the mean over several batches of that size.
 */
export interface GradientNorms {
	/** Steps taken before. */
	readonly step: number;
	/** `batch` need not be whole: of unequal batches it is their harmonic mean. */
	readonly small: { readonly batch: number; readonly squaredNorm: number };
	/** Of more examples. */
	readonly big: { readonly batch: number; readonly squaredNorm: number };
}

/**
 * What a run's steps took: by its own clock, without what it spent on measuring; or by the clock of the process that watched it,
 * evaluations between them included.
 */
export interface StepClock {
	readonly steps: number;
	readonly seconds: number;
	/** It was counted from the start of the process, as the run reported only once: loading and compiling are in it. */
	readonly startUp: boolean;
}

/** What came of a trial. */
export interface TrialResult {
	readonly outcome: Outcome;
	/** Steps taken, and the examples they used. */
	readonly steps: number;
	readonly examples: number;
	/** First look that met the goal, or null. */
	readonly first: Crossing | null;
	/** The look at which the goal counts as reached (see `GoalWatch`): steps-to-target. Null where it never did. */
	readonly reached: Crossing | null;
	readonly evaluations: readonly Evaluation[];
	/**
	 * Where an earlier trial of the same run was left and this one went on: so much of it was not trained again. Absent where it began anew.
	 * Never part of the digest.
	 */
	readonly before?: { readonly steps: number; readonly examples: number };
	readonly probes: readonly NoiseProbe[];
	/** Absent where none were reported. */
	readonly gradientNorms?: readonly GradientNorms[];
	/** Absent where steps are timed apart, alone on the machine. Never part of the digest. */
	readonly clock?: StepClock;
	/** Wall-clock of the run itself. Never part of the digest: shared machines drift. */
	readonly seconds: number;
	/** Name of the machine that its script ran on; absent where it never ran, or was trained in this process. Never part of the digest. */
	readonly machine?: string;
	/** What went wrong, in words, where something did. */
	readonly message: string | null;
	/** The library that computed the large matrix products, with its version; absent where our own kernels did it all. */
	readonly backend?: string;
}

export interface FinishedTrial {
	readonly spec: TrialSpec;
	readonly result: TrialResult;
}

/** Which column of its study a trial belongs to: a batch size of the tradeoff, or of a comparison at equal budgets. */
export const columnKey = ({ phase, batchSize }: TrialSpec): string => `${comparisonOfPhase(phase) ?? "tradeoff"}/${batchSize}`;

/** Whether a trial that ends at its cap may be followed by another one of the same run with a higher cap. */
export const mayBeContinued = ({ phase, until }: Pick<TrialSpec, "phase" | "until">): boolean => phase === "ladder" && until === "goal";

/** Names the run that a trial is a part of, from its first step: what trials that continue each other have in common. */
export const trialRunKey = (spec: TrialSpec): string =>
	`${spec.phase}/${spec.batchSize}/${spec.learningRate}/${spec.seedIndex}${settingKey(spec)}`;

/** Names a specification within its study. Two specifications with equal keys are the same trial. */
export const trialKey = (spec: TrialSpec): string =>
	`${spec.phase}/${spec.batchSize}/${spec.learningRate}/${spec.seedIndex}/${spec.cap}${settingKey(spec)}`;
