import type { NetworkWorkload } from "../../study/study.js";
import type { Solution, Until } from "./solution.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	/** N. */
	readonly examples: number;
	/**
	 * Ascending. The first is the small batch; the others are held against it. Each with the rates it is tuned over, ascending, an octave apart, and with the
	 * epochs that a run may take to get to the training loss.
	 */
	readonly sizes: readonly { readonly batchSize: number; readonly rates: readonly number[]; readonly mostEpochs: number }[];
	readonly sameRate: number;
	readonly epochs: number;
	/** Runs end here to be compared. */
	readonly trainLoss: number;
	readonly looksPerEpoch: number;
	/** Curvature is that of the loss over so many training examples. */
	readonly curvatureExamples: number;
	/** Places on the line between two solutions: 0 is the small batch's, 1 the other's. */
	readonly alphas: readonly number[];
	/** Rates are chosen on the first of them, and told from the rest. */
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	readonly seed: number;
}

interface TaskBase {
	readonly workload: NetworkWorkload;
	readonly until: Until;
	readonly curvatureExamples: number;
	readonly seed: number;
}

/** One run; its curvature is measured where it ends, unless it is for tuning. */
export interface SolutionTask extends TaskBase {
	readonly kind: "solution";
	readonly batchSize: number;
	readonly learningRate: number;
	readonly tuning: boolean;
}

/** All sizes from the same weights at the same rate, and the lines from the first one's solution to the others'. */
export interface LinesTask extends TaskBase {
	readonly kind: "lines";
	readonly batchSizes: readonly number[];
	readonly learningRate: number;
	readonly alphas: readonly number[];
}

export type Task = SolutionTask | LinesTask;

/** The loss at the task's `alphas`. */
export interface Line {
	readonly train: readonly number[];
	readonly validation: readonly number[];
}

export interface SolutionResult {
	readonly kind: "solution";
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
	/** Null: it diverged, or didn't come so far. */
	readonly solution: Solution | null;
}

export interface LinesResult {
	readonly kind: "lines";
	readonly until: "epochs" | "loss";
	readonly seed: number;
	/** One a batch size. */
	readonly solutions: readonly (Solution | null)[];
	/** One a batch size but the first; null where either end is missing. */
	readonly lines: readonly (Line | null)[];
}

export type Result = SolutionResult | LinesResult;
