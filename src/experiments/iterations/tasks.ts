import type { LocalNoiseScale } from "../../analysis/findings.js";
import { localNoiseScale } from "../../analysis/noise-scale.js";
import type { StepTime } from "../../core/calibration.js";
import { blankAnswer, type ColumnAnswer } from "../../core/column.js";
import type { FinishedTrial, TrialResult, TrialSpec } from "../../core/trial.js";
import { populationOf } from "../../study/population.js";
import type { Rounds } from "../../study/search/rounds.js";
import type { Study } from "../../study/study.js";
import { select } from "../../study/tradeoff/select.js";
import { tune } from "../../study/tradeoff/tune.js";
import { benchOf } from "../../trainers/bench-of.js";
import { calibrate } from "../../trainers/calibrate.js";
import type { Tools } from "../experiment.js";
import { play, trained } from "../lab/play.js";
import { openStudy, type Question } from "../lab/study-lab.js";
import type { Settings } from "./settings.js";

/** One batch size: its rate tuned, selected and reported, or all sizes timed. */
export type Task =
	| { readonly kind: "column"; readonly study: Question; readonly batchSize: number }
	| { readonly kind: "time"; readonly study: Question };

/** What is known of one batch size. */
export interface Column {
	readonly answer: ColumnAnswer;
	/** Median steps-to-target over the tuning seeds, of the rate that was best there; null where none reached the goal. */
	readonly tunedSteps: number | null;
	readonly trials: readonly FinishedTrial[];
	/** The noise scale along each reporting run of the rate that is reported. */
	readonly noise: readonly { readonly seedIndex: number; readonly local: readonly LocalNoiseScale[] }[];
}

/** Of the columns and of the timing, which differ by what they have. */
export type Result = Column | { readonly stepTimes: readonly StepTime[] };

export const isColumn = (result: Result): result is Column => "answer" in result;

/** Small batches take the most steps: first. */
export const tasksOf = ({ study }: Settings): readonly Task[] => [
	{ kind: "time", study },
	...study.batchSizes.map((batchSize): Task => ({ kind: "column", study, batchSize })),
];

export async function run(task: Task, tools: Tools): Promise<Result> {
	if (task.kind === "column") return await runColumn(task.study, task.batchSize, tools);
	const { study, trainer } = await openStudy(task.study, tools);
	return { stepTimes: await calibrate(benchOf(trainer, study), study.batchSizes) };
}

/**
 * A column of the tradeoff, on its own: the search starts from the range alone, not from the trend of other sizes, so that columns don't
 * wait for each other.
 */
export function* column(study: Study, batchSize: number): Rounds<Pick<Column, "answer" | "tunedSteps">> {
	const tuned = yield* tune(study, batchSize, [], () => {});
	if (!tuned) return { answer: blankAnswer(batchSize, "not reached"), tunedSteps: null };
	return { answer: yield* select(study, batchSize, tuned), tunedSteps: tuned.steps };
}

async function runColumn(question: Question, batchSize: number, tools: Tools): Promise<Column> {
	const { study, trainer } = await openStudy(question, tools);
	const population = populationOf(study);
	/** A study probes one run of each size; here all that are reported are, for an interval over seeds. */
	const train = (spec: TrialSpec) => trained(trainer, { ...spec, probe: spec.phase === "reporting" });
	const { value, trials } = await play(column(study, batchSize), train);
	const reported = trials.filter(({ spec }) => spec.phase === "reporting" && spec.learningRate === value.answer.learningRate);
	return {
		...value,
		trials: trials.map(({ spec, result }) => ({ spec, result: slim(spec, result) })),
		noise: reported.map(({ spec: { seedIndex }, result: { probes } }) => ({
			seedIndex,
			local: probes.map((probe) => localNoiseScale(probe, population)),
		})),
	};
}

/** Learning curves drawn at each size. */
const runsDrawn = 3;

/**
 * Of probes only what was made of them is kept, and of looks those of the runs whose learning curves are drawn: the rest would be most of
 * the store.
 */
const slim = (spec: TrialSpec, result: TrialResult): TrialResult => ({
	...result,
	probes: [],
	evaluations: spec.phase === "reporting" && spec.seedIndex < runsDrawn ? result.evaluations : [],
});
