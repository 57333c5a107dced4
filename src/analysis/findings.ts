// One document, and long for that: every figure that a report or its JSON can hold is declared here.

import type { ColumnAnswer } from "../core/column.js";
import type { ComparisonName } from "../core/comparisons.js";
import type { EndingSize } from "../core/ending.js";
import type { Flavor } from "../core/flavor.js";
import type { HorizonRun, HorizonSetting } from "../core/horizon.js";
import type { LadderArm } from "../core/ladder.js";
import type { Setting } from "../core/setting.js";
import type { TradeoffPhase } from "../core/trial.js";
import type { Loss } from "./non-inferiority.js";
import type { Objective } from "./objectives.js";

/** An estimate with its 95 % interval. A null is a value that doesn't exist: a side that is open, a size that wasn't reached. */
export interface Estimate {
	readonly estimate: number | null;
	readonly low: number | null;
	readonly high: number | null;
}

/** An estimate of which nothing is known. */
export const noEstimate: Estimate = { estimate: null, low: null, high: null };

/** A median over runs with its 95 % bootstrap interval. */
export interface Median {
	readonly median: number | null;
	readonly low: number | null;
	readonly high: number | null;
}

/** A median that has not been measured. */
export const noMedian: Median = { median: null, low: null, high: null };

/** One trial of the learning rate × batch size map: everything learned about one rate at one batch size, in one phase. */
export interface RateFinding extends Setting {
	readonly phase: TradeoffPhase;
	readonly learningRate: number;
	/** Median steps over the phase's seeds, where enough runs reached the goal to know it. */
	readonly medianSteps: number | null;
	/** "dropped": ended as soon as it could no longer win; "missed": the whole limit wasn't enough. */
	readonly state: "measured" | "dropped" | "diverged" | "missed";
	/** The number of runs, and the steps of the longest. */
	readonly runs: number;
	readonly longest: number;
}

/** One run of the reporting block. */
export interface ReportedRun {
	readonly seedIndex: number;
	/**
	 * The look at which the goal counts as reached, the look before it, and the examples used; null where the run was censored at `longest`
	 * steps.
	 */
	readonly step: number | null;
	readonly after: number;
	readonly examples: number | null;
	/** The first look that met the goal; null where none did. */
	readonly first: number | null;
}

/** What is known about one batch size. */
export interface TradeoffRow extends Setting {
	readonly batchSize: number;
	readonly flavor: Flavor;
	readonly learningRate: number | null;
	readonly atEdge: boolean;
	readonly replaced: readonly number[];
	readonly outcome: ColumnAnswer["state"];
	/** S: steps-to-target. */
	readonly steps: Median;
	/** Steps to the first single look that met the goal. */
	readonly firstSteps: Median;
	/** E: examples-to-target. */
	readonly examples: Median;
	/** T: seconds-to-target, S times the calibrated seconds per step. */
	readonly seconds: Median;
	/** t: calibrated seconds per step. */
	readonly secondsPerStep: Median;
	/**
	 * Present if the timing passes lie so far apart that the time can't be trusted: the upper end of their middle half over the
	 * lower.
	 */
	readonly clockScatter?: number;
	/** Present if the times are of whole runs, counted from the start of their process. */
	readonly startUp?: true;
	/** 1/(1 + B/B_crit): the worth of one example at this batch size compared with a very small batch; from the fit. */
	readonly efficiency: Estimate;
	/** Throughput × efficiency, in useful examples per second. */
	readonly goodput: Estimate;
	readonly runs: readonly ReportedRun[];
	readonly rates: readonly RateFinding[];
	/**
	 * Present where partial batches make its steps use another size (the harmonic mean): then it is left out of the fit and the
	 * recommendation.
	 */
	readonly examplesPerStep?: number;
	/** Present where trials of this size ran, and all of them failed: nothing was measured. */
	readonly allFailed?: true;
	/** Trials of this size that ended by themselves before their limit, without the goal; absent where there were none. */
	readonly stopped?: number;
	/** Present where different seeds give equal results: the first reporting run stands for all, and has no interval. */
	readonly equalSeeds?: true;
}

/** How far the sizes lie from the fitted curve, beyond what their runs' scatter explains. */
export interface LackOfFit {
	/** Probability of so large a distance if the curve is exact; below 0.05 it is significant. Null if it can't be tested. */
	readonly probability: number | null;
	/** Of the sizes' mean log steps around the curve. */
	readonly sd: number | null;
	/** Sizes whose measured steps-to-target lie wholly below the S_min of the other sizes, interval below interval; ascending. */
	readonly undercut: readonly number[];
}

/** S(B) = S_min (1 + (B_crit/B)^exponent), fitted to the single runs in log space. */
export interface Fit {
	readonly minSteps: Estimate;
	readonly minExamples: Estimate;
	readonly criticalBatchSize: Estimate;
	/** Free exponent; the hyperbola is 1. */
	readonly exponent: Estimate;
	/** "hyperbola" (exponent 1 is consistent with the runs), "not a hyperbola", "no bend in the range tried", "too few sizes". */
	readonly verdict: "hyperbola" | "not a hyperbola" | "no bend in the range tried" | "too few sizes";
	/** Of single runs around the fitted curve, natural log. */
	readonly residualSd: number | null;
	/** Of single runs around the mean of their own size, natural log. */
	readonly runSd: number | null;
	readonly lackOfFit: LackOfFit;
	/** The fitted curve on a dense grid of batch sizes, with the 95 % band; empty where there is no fit. */
	readonly curve: readonly { readonly batchSize: number; readonly steps: number; readonly low: number; readonly high: number }[];
}

/** The local gradient noise scale B_simple = tr(Σ)/|G|² at one place of a run, in examples. */
export interface LocalNoiseScale {
	readonly step: number;
	/** All null: cannot tell, the signal is lost in the noise there. */
	readonly noiseScale: Estimate;
	/** Unbiased estimates of |G|² and tr(Σ). The first may be negative. */
	readonly signal: number;
	readonly variance: number;
}

/** The noise scale along one reporting run that was probed, or along several that reported their gradient's norms. */
export interface NoiseScaleRun {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly runs: number;
	/** Mean of the local values; null members where one of them is unknown. */
	readonly mean: Estimate;
	readonly local: readonly LocalNoiseScale[];
	/**
	 * Present if the optimizer divides the gradient by its own size (RMSProp, Adam). B_simple, a ratio of Euclidean norms, then predicts no
	 * critical batch size: what counts is the noise of the divided gradient.
	 */
	readonly isEuclideanOnly?: true;
}

/** What one objective recommends. */
export interface Recommendation extends Setting {
	readonly verdict: "found" | "undecided" | "not reached";
	readonly objective: Objective;
	readonly batchSize: number | null;
	readonly learningRate: number | null;
	/** Sizes that win in more than 5 % of resamples, ascending, the recommended one among them. */
	readonly indistinguishable: readonly number[];
	/**
	 * Share of resamples in which the recommended size is within the tolerance of the best; of a ladder's answer how likely that is. Null if
	 * unknown: with fewer than three sizes where others can't be compared in time, and with a size of a single run.
	 */
	readonly withinTolerance: number | null;
	readonly steps: Median;
	readonly examples: Median;
	readonly seconds: Median;
	/** The next size down and up that reached the goal: ratios to the recommended size, with intervals. 1.2 is 20 % more. */
	readonly neighbours: readonly {
		readonly batchSize: number;
		readonly seconds: Estimate;
		readonly examples: Estimate;
		readonly steps: Estimate;
	}[];
	/** The reporting runs that would decide an undecided study: how many more at which size. */
	readonly next: readonly { readonly batchSize: number; readonly learningRate: number; readonly runs: number }[];
}

/** Test-set figures of the recommended size: its reporting runs trained again to their first crossing, and evaluated there. */
export interface TestFinding {
	readonly batchSize: number;
	/** All null where nothing is classified. */
	readonly accuracy: Median;
	readonly loss: Median;
}

/** One batch size under one budget, with its own tuned learning rate. */
export interface ComparisonRow extends Setting {
	readonly batchSize: number;
	/** Steps that the budget buys. */
	readonly steps: number;
	readonly learningRate: number | null;
	readonly atEdge: boolean;
	/** "diverged": no rate tried got most of its runs to the end. */
	readonly outcome: "measured" | "open" | "diverged";
	/** The held-out metric at the end of the budget, over the reporting runs; runs that diverged count as the worst. */
	readonly value: Median;
	/** The best look on the way there: higher than `value` if training went on for too long. Biased, as the best of many always is. */
	readonly bestSeen: Median;
	/** Generalization gap at the end: training metric minus held-out metric. */
	readonly gap: Median;
	/** "best": by the medians; "even": statistically tied with it, at 95 % for all sizes together; "worse"; null: no value. */
	readonly standing: "best" | "even" | "worse" | null;
	readonly runs: number;
}

/** Every batch size given as many epochs, steps or seconds. */
export interface ComparisonFinding {
	readonly comparison: ComparisonName;
	/** Epochs, steps, or seconds; null where no seconds were calibrated. */
	readonly amount: number | null;
	/** What is compared: `validation accuracy`, or the name of a metric of the user's own. */
	readonly metric: string;
	readonly rows: readonly ComparisonRow[];
}

export interface Cost {
	/** Trials the design asked for, and the examples they used. */
	readonly trials: number;
	readonly examples: number;
	/** Those of the tuning runs: what it took to find the best rates. */
	readonly search: number;
	/** Examples that the best rate's tuning runs alone would have cost: `search` divided by this is the measure of a search. */
	readonly clairvoyant: number;
	/**
	 * The price of the answer: the cost of all trials in runs to the goal at the recommended setting, by examples and by seconds of steps. A
	 * continued run counts once. Null if nothing is recommended, or no time is known.
	 */
	readonly trainings: number | null;
	readonly trainingSeconds: number | null;
	/** Of these trainings by examples: those of the user's own setting. Absent where it has not run. */
	readonly own?: number;
}

/** How the best learning rate grows with the batch size, over the sizes of one study. */
export interface RateRule {
	/** a of η* = c·Bᵃ. */
	readonly exponent: Estimate;
	/** Rules of thumb whose exponent lies in the interval: 0, 1/2, 1. */
	readonly fits: readonly ("none" | "square root" | "linear")[];
	readonly sizes: number;
}

/** What is predicted for this many devices that share each batch. */
export interface OnDevices {
	readonly devices: number;
	/** Of all devices together; each works on `batchSize / devices` of it. */
	readonly batchSize: number;
	/** To the goal, without the time that exchanging gradients takes: at best. */
	readonly seconds: number;
	/** Over the fastest size on one device. */
	readonly speedUp: number;
}

/** How the trials of a study failed, if all of them did and nothing was measured. */
export interface Failure {
	readonly trials: number;
	/** How many of them failed in the most frequent way; numbers in the message are ignored. */
	readonly alike: number;
	/** The last of those: how it ended, and the last line that it printed. */
	readonly how: string;
}

/**
 * The value of the goal's metric that was closest to the goal, with the trial's batch size and learning rate, and the step of its first
 * look with that value.
 */
export interface BestSeen {
	readonly value: number;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly step: number;
	/** Runs of the search that reached the goal; absent where none did. */
	readonly reachedRuns?: number;
}

/** A batch size whose runs met the goal at late looks, which limit how exactly its steps-to-target are known. */
export interface LateLooks {
	readonly batchSize: number;
	/** Steps between the look that met the goal and the one before, at the median over the runs. */
	readonly width: number;
	/** The later of the two over the earlier, at the median; null where the goal was met at the first look. */
	readonly ratio: number | null;
	/** Whether that width is one epoch. */
	readonly isEpoch: boolean;
}

/** The size whose time per step leaves the comparison in time most uncertain. */
export interface UnsureClock {
	readonly batchSize: number;
	readonly secondsPerStep: Median;
}

/** Where a batch size lies on S(B) = S_min (1 + B_crit/B): see `regimeOf`. */
export type Regime = "perfect scaling" | "diminishing returns" | "maximal data parallelism";

/** What the user's own setting takes to the goal, on the seeds of the recommended one's runs. */
export interface BaselineFinding extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly runs: number;
	/** Runs that reached the goal. */
	readonly reached: number;
	/** Medians over the runs; null where most of them didn't reach the goal. */
	readonly steps: number | null;
	readonly examples: number | null;
	readonly seconds: number | null;
	/** The step at which the others were ended. */
	readonly cap: number;
	readonly secondsPerStep: number | null;
	/**
	 * What it costs over what the recommended setting costs, under the study's objective: the geometric mean over seeds that both reached the
	 * goal with, with its 95 % interval. Absent where a run of it missed the goal, or there are fewer than three such seeds.
	 */
	readonly costRatio?: Estimate;
}

/** A setting run to the planned length on fresh seeds: nothing was chosen by these runs. */
export interface HorizonEnd extends HorizonSetting {
	/** Mean of the goal's metric at the end, with its 95 % interval by Student's t; of a single run there is none. */
	readonly end: Estimate;
	/** Runs, and how many of them diverged, or were cut off before their planned end. */
	readonly runs: number;
	readonly diverged: number;
	readonly cutOff: number;
}

/** What a study of the best end has found. */
export interface HorizonFinding {
	/** Null where no training ended well, or the search isn't over. */
	readonly best: HorizonEnd | null;
	/** Larger batches that were tested, ascending, each with its loss. */
	readonly larger: readonly (HorizonEnd & { readonly loss: Loss })[];
	/** The largest batch that is shown to lose nothing: the best one itself if no larger one is. Null if there is no best one. */
	readonly largest: HorizonEnd | null;
	/** The user's own setting, on the same seeds, with what it loses compared with the best; absent where it has not run. */
	readonly own?: HorizonEnd & { readonly loss: Loss };
	/** The next larger size that was tried but not tested; null if there is none. */
	readonly untested: number | null;
	/** Whether it is settled how large the batch may be, among the tried sizes. */
	readonly decided: boolean;
	/** Trials that were cut off before their planned end, and how the last of them was; null where there were none. */
	readonly cutOff: { readonly trials: number; readonly how: string } | null;
	/** Every run of the search. */
	readonly runs: readonly HorizonRun[];
}

/** A batch size, and the least length of a training whose end meets the goal. */
export interface EndingRow {
	readonly batchSize: number;
	readonly learningRate: number | null;
	readonly state: EndingSize["state"];
	/** In steps: those at which fresh seeds ran. */
	readonly lengths: readonly number[];
	/** Fresh runs, and how many of them diverged. */
	readonly runs: number;
	readonly diverged: number;
	/** The least length, with its 95 % interval. */
	readonly steps: Estimate;
	/** Whether that is the shortest training there can be, so that no shorter one was tried. */
	readonly isShortest: boolean;
	readonly examples: Estimate;
	readonly seconds: Estimate;
	readonly secondsPerStep: number | null;
}

/** What a study of the least length whose end meets the goal has found. */
export interface EndingFinding {
	readonly rows: readonly EndingRow[];
	/** By the objective; null where there is none. */
	readonly best: EndingRow | null;
	/** The user's own setting, on the same fresh seeds; absent where the study has none. */
	readonly own?: EndingRow;
	/** Share of resamples in which it is within the tolerance of the best. */
	readonly within: number | null;
	readonly decided: boolean;
	readonly cutOff: HorizonFinding["cutOff"];
	/** Every run of the search. */
	readonly runs: readonly HorizonRun[];
}

/** All that the trials of one study show. JSON holds it without loss. */
export interface Findings {
	readonly tradeoff: readonly TradeoffRow[];
	readonly fit: Fit;
	/** One entry per batch size that has a probed reporting run. */
	readonly noiseScales: readonly NoiseScaleRun[];
	/** Under each objective; `recommendation` is the one the study asks for. */
	readonly recommendations: Readonly<Record<Objective, Recommendation>>;
	readonly recommendation: Recommendation;
	/** The arms of the ladder; absent where the study is of another design. */
	readonly ladder?: readonly LadderArm[];
	/** How trainings of a planned length ended; absent where the study asks for something else. */
	readonly horizon?: HorizonFinding;
	/** The least lengths whose ends meet the goal; absent where the study asks for something else. */
	readonly ending?: EndingFinding;
	/** The user's own setting; absent where the study has none, or it hasn't been run yet. */
	readonly baseline?: BaselineFinding;
	/**
	 * The batch size that first single looks would recommend, by medians alone; null if there is none, or if the looks that count recommend
	 * the same by their medians.
	 */
	readonly bySingleLooks: number | null;
	/** Where the study asks for comparisons at equal budgets; else empty. */
	readonly comparisons: readonly ComparisonFinding[];
	readonly cost: Cost;
	/** Null where any trial had a result. */
	readonly failure: Failure | null;
	readonly test: TestFinding | null;
	/** How close the study has come where no batch size has reached the goal; else null. */
	readonly bestSeen: BestSeen | null;
	readonly lateLooks: readonly LateLooks[];
	readonly unsureClock: UnsureClock | null;
	/** The regimes that the recommended size may be in; empty without a size or a fit, or if the critical batch size is too vague. */
	readonly regimes: readonly Regime[];
	/** Null where fewer than three sizes reached the goal. */
	readonly rateRule: RateRule | null;
	/** Predictions, not measurements; empty where no time per step is known. */
	readonly onDevices: readonly OnDevices[];
}
