import type { BudgetName } from "../../core/budgets.js";
import { type HalfOctave, halfOctaveBelow, rateAt } from "../../core/rates.js";
import { type BudgetColumn, tuneAtBudget } from "../../study/budgets/column.js";
import type { NetworkWorkload } from "../../study/study.js";
import { searchSpace } from "../../study/tradeoff/column.js";
import { seedOf } from "../../study/tradeoff/runs.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { play, trained } from "../lab/play.js";
import { openStudy, type Question } from "../lab/study-lab.js";
import { type End, trainTo } from "./end.js";

/** One batch size under one budget, at the untuned rate and at its own. */
export interface ArmTask extends Pick<BudgetColumn, "budget" | "batchSize" | "steps"> {
	readonly kind: "arm";
	readonly study: Question & { readonly workload: NetworkWorkload };
	readonly reference: number;
	readonly untunedRate: number;
}

/** Runs at one rate, in the order of the reporting seeds; null: that one diverged. */
export interface Runs {
	readonly learningRate: number;
	readonly ends: readonly (End | null)[];
}

export interface Arm {
	readonly budget: BudgetName;
	readonly batchSize: number;
	readonly steps: number;
	readonly untuned: Runs;
	/** Null where every rate diverged. */
	readonly tuned: Runs | null;
	readonly atEdge: boolean;
	/** Median held-out accuracy of the tuned rate over the tuning seeds: what sizes may be chosen by. */
	readonly tuningAccuracy: number | null;
}

/**
 * The search begins at the untuned rate, and at a smaller one for batches below the reference, by the square root: where a rate is far too
 * large all runs guess, and a descent would see a plain.
 */
const startRate = ({ untunedRate, batchSize, reference }: ArmTask): HalfOctave =>
	halfOctaveBelow(untunedRate * Math.min(1, Math.sqrt(batchSize / reference)));

export async function runArm(task: ArmTask, tools: Tools): Promise<Arm> {
	const { budget, batchSize, steps, untunedRate } = task;
	const { study, trainer } = await openStudy(task.study, tools);
	const lab = await Laboratory.open(task.study.workload, tools);
	const column = { budget, batchSize, steps };
	const { value, trials } = await play(tuneAtBudget(study, column, startRate(task)), (spec) => trained(trainer, spec));
	const runs = (learningRate: number): Runs => ({
		learningRate,
		ends: Array.from({ length: study.seeds.reporting }, (_, place) => {
			const seed = seedOf(study.seed, `${budget} reporting`, place);
			return trainTo(lab, { batchSize, learningRate, steps, seed });
		}),
	});
	const untuned = runs(untunedRate);
	const best = value === null ? null : rateAt(value);
	const { lowest, highest } = searchSpace(study, batchSize);
	const chosen = trials.filter(({ spec }) => spec.learningRate === best);
	return {
		...column,
		untuned,
		tuned: best === null ? null : best === untunedRate ? untuned : runs(best),
		atEdge: value === lowest || value === highest,
		tuningAccuracy: middle(chosen.flatMap(({ result }) => result.evaluations.at(-1)?.metrics["validation.accuracy"] ?? [])),
	};
}

const middle = (values: readonly number[]): number | null => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
