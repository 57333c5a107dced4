import type { ComparisonName } from "../../core/comparisons.js";
import { type HalfOctave, halfOctaveBelow, rateAt } from "../../core/rates.js";
import { upperMiddle } from "../../core/upper-middle.js";
import { type ComparedSize, tuneToTheEnd } from "../../study/comparisons/compare.js";
import { seedOf } from "../../study/search/seeds.js";
import { searchSpace } from "../../study/search/space.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { play, trained } from "../lab/play.js";
import { openStudy, type Question } from "../lab/study-lab.js";
import { type End, trainTo } from "./end.js";

/** One batch size under one budget, at the untuned rate and at its own. */
export interface ArmTask extends Pick<ComparedSize, "batchSize" | "steps"> {
	readonly budget: ComparisonName;
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
	readonly budget: ComparisonName;
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
	const column: ComparedSize = { comparison: budget, batchSize, steps };
	const { value, trials } = await play(tuneToTheEnd(study, column, startRate(task)), (spec) => trained(trainer, spec));
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
		budget,
		batchSize,
		steps,
		untuned,
		tuned: best === null ? null : best === untunedRate ? untuned : runs(best),
		atEdge: value === lowest || value === highest,
		tuningAccuracy: upperMiddle(chosen.flatMap(({ result }) => result.evaluations.at(-1)?.metrics["validation.accuracy"] ?? [])) ?? null,
	};
}
