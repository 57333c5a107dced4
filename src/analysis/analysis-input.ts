import type { Calibration } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import type { Goal } from "../core/goal.js";
import type { Ladder } from "../core/ladder.js";
import type { Rng } from "../core/rng.js";
import type { FinishedTrial, TradeoffPhase } from "../core/trial.js";
import type { baselineFinding } from "./baseline.js";
import type { ComparisonsInput } from "./comparisons.js";
import type { Objective } from "./objectives.js";

/** One study's question, and all that is known so far: trials may be missing, columns open, calibration and tests still to come. */
export interface AnalysisInput {
	/** Whether the optimizer divides the gradient by its own size; absent where that isn't known. */
	readonly isAdaptive?: boolean;
	/** Ascending. */
	readonly batchSizes: readonly number[];
	/** N, training examples. */
	readonly examples: number;
	/** Number of examples that noise probes are drawn from, if not N: ∞ for a stream of new examples. */
	readonly population?: number;
	/** What the design found; a batch size without an answer hasn't begun. */
	readonly answers: readonly ColumnAnswer[];
	readonly trials: readonly FinishedTrial[];
	readonly calibration: Calibration | null;
	/** Test-set metrics of reporting runs. */
	readonly tests: readonly {
		readonly batchSize: number;
		readonly seedIndex: number;
		readonly loss: number;
		readonly accuracy: number | null;
	}[];
	readonly goal: Goal;
	/** Steps of one epoch at a batch size; null where the number of examples is not known. */
	readonly stepsPerEpoch: (batchSize: number) => number | null;
	/** The effective size of the steps at a batch size, if partial batches make it a different one; else null. Absent: null everywhere. */
	readonly unevenBatch?: (batchSize: number) => number | null;
	/** The next look after step s is at max(s + 1, floor(s · ratio)). */
	readonly looksRatio: number;
	/** Looks farther apart than this are late; absent: equal to `looksRatio`. */
	readonly dueRatio?: number;
	readonly objective: Objective;
	/** The user's own setting, if the study runs it. */
	readonly baseline?: Parameters<typeof baselineFinding>[1];
	/** How far from the best the recommended size may be: 0.25 is 25 % more. */
	readonly tolerance: number;
	/** The comparisons at equal budgets; absent or null where the study doesn't ask for them. */
	readonly comparisons?: Pick<ComparisonsInput, "answers" | "goal" | "amounts"> | null;
	/** The state of a ladder, where the study's design is one. */
	readonly ladder?: Ladder;
	/** Whether the trainer may ignore its seed, as one of the user's own may; false by default. */
	readonly mayIgnoreSeeds?: boolean;
	/** Runs in each phase's block. */
	readonly seeds: Readonly<Record<TradeoffPhase, number>>;
	/** Steps a trial of this batch size may take at most. */
	readonly limitSteps: (batchSize: number) => number;
	/** For the bootstrap: equal generators give equal findings. */
	readonly rng: Rng;
}
