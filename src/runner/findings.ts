import { analyse } from "../analysis/analyse.js";
import type { AnalysisInput } from "../analysis/analysis-input.js";
import { endingFinding, withEnding } from "../analysis/ending.js";
import type { Findings } from "../analysis/findings.js";
import { horizonFinding, withHorizon } from "../analysis/horizon.js";
import { isBestGoal } from "../core/horizon.js";
import { Rng } from "../core/rng.js";
import type { FinishedTrial } from "../core/trial.js";
import { secondsOf } from "../study/comparisons/amounts.js";
import type { Design, Store, StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/designs.js";
import { dueRatio } from "../study/due-looks.js";
import { unevenBatch } from "../study/examples-per-step.js";
import { inWholeEpochs } from "../study/horizon/lengths.js";
import { populationOf } from "../study/population.js";
import { capsOf } from "../study/search/caps.js";
import { dividesGradient } from "../study/search/settings.js";
import { stepsPerEpoch } from "../study/steps.js";
import type { Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { timesOfRuns } from "./run-times.js";

/** What the stored trials of a study show. Bootstrap draws come from the study's seed: the same trials give the same findings. */
export function findingsOf(
	stored: StoredStudy,
	store: Store,
	design: Design,
	trials: readonly FinishedTrial[] = store.trials(stored.id),
): Findings {
	const { study, id } = stored;
	const given = { extensions: store.extensions(id), calibration: store.calibration(id) };
	const answers = design.answers(study, trials, given);
	const ladder = design.ladder?.(study, trials, given);
	const horizon = isBestGoal(study.goal) ? design.horizon?.(study, trials, given) : undefined;
	const findings = analyse({
		...(ladder && { ladder }),
		population: populationOf(study),
		answers,
		comparisons: study.comparisons
			? {
					answers: design.comparisonAnswers(study, trials, given),
					goal: study.goal,
					amounts: { ...study.comparisons, seconds: secondsOf(study, study.comparisons, given.calibration) },
				}
			: null,
		trials,
		calibration: given.calibration ?? (traitsOf(study.workload).timing === "of runs" ? timesOfRuns(trials, answers, "") : null),
		tests: store.testResults(id),
		...questionOf(study),
	});
	const ending = design.ending?.(study, trials, given);
	if (ending) {
		const isOpen = answers.some(({ state }) => state === "open");
		const shortest = (batchSize: number) => inWholeEpochs(study, batchSize, 1);
		const question = { ...questionOf(study), calibration: given.calibration, shortest };
		return withEnding(findings, endingFinding(question, ending, trials), isOpen);
	}
	if (!horizon || !isBestGoal(study.goal)) return findings;
	return withHorizon(findings, horizonFinding(study.goal, horizon, trials), answers);
}

/** What the study asks of the analysis, before any trial. */
export const questionOf = (
	study: Study,
): Pick<
	AnalysisInput,
	| "batchSizes"
	| "examples"
	| "goal"
	| "stepsPerEpoch"
	| "unevenBatch"
	| "looksRatio"
	| "dueRatio"
	| "baseline"
	| "objective"
	| "tolerance"
	| "seeds"
	| "mayIgnoreSeeds"
	| "limitSteps"
	| "isAdaptive"
	| "rng"
> => ({
	batchSizes: study.batchSizes,
	examples: study.data.train,
	goal: study.goal,
	stepsPerEpoch: (batchSize) => (study.data.train > 0 ? stepsPerEpoch(batchSize, study) : null),
	unevenBatch: (batchSize) => unevenBatch(batchSize, study),
	looksRatio: study.looks.ratio,
	dueRatio: dueRatio(study),
	...(study.baseline && { baseline: study.baseline }),
	objective: study.objective,
	tolerance: study.tolerance,
	mayIgnoreSeeds: traitsOf(study.workload).runsUserCode,
	seeds: designOf(study).seeds(study),
	limitSteps: (batchSize) => capsOf(study, batchSize).limit,
	...(dividesGradient(study) && { isAdaptive: true }),
	rng: Rng.fromSeed(study.seed).split("analysis"),
});
