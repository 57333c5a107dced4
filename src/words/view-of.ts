import type { Findings } from "../analysis/findings.js";
import { learningCurvesOf } from "../analysis/learning-curves.js";
import { recordedRows } from "../analysis/recorded.js";
import { isBestGoal } from "../core/horizon.js";
import type { FinishedTrial } from "../core/trial.js";
import type { StoredStudy } from "../study/contracts.js";
import type { Asked } from "../study/reason.js";
import type { Study } from "../study/study.js";
import { traitsOf } from "../study/workloads/table.js";
import { nextSteps } from "./advice.js";
import { alikeSentence, answerSentences, neighbourSentences, singleLooksSentence, testSentence } from "./answer.js";
import { baselineSentence } from "./baseline.js";
import { comparisonSentences, comparisonTable } from "./comparisons.js";
import { noiseScaleSentence, regimeSentence } from "./curve.js";
import { endingTable, endingWarnings, ownLengthSentence } from "./ending.js";
import { fitSentence } from "./fit.js";
import { heldSentence } from "./held.js";
import { horizonTable, ownEndSentence } from "./horizon.js";
import { endingAdvice, horizonAdvice, horizonWarnings } from "./horizon-advice.js";
import { identity, type Provenance } from "./identity.js";
import { methodSteps } from "./method.js";
import { moneySentences } from "./money.js";
import { priceSentence } from "./price.js";
import { reasonSentence } from "./reason.js";
import { recordedTable } from "./recorded.js";
import { repeatCommand } from "./repeat-command.js";
import { devicesSentence, rateRuleSentence } from "./scaling.js";
import { objectivesTable, sizesTable, untriedSentence } from "./sizes.js";
import { studyYaml } from "./study-yaml.js";
import type { TextTable } from "./text-table.js";
import { type StudyView, type StudyWords, viewVersion } from "./view.js";
import { warnings } from "./warnings.js";

/** What is known of a study. */
export interface ViewInput extends Pick<StudyView, "stored" | "findings" | "progress"> {
	/** What the design asks for next. */
	readonly asked: readonly Asked[];
	/** Every finished trial, those without learning curves among them. */
	readonly trials: readonly FinishedTrial[];
	/** Whether a clock ended the run before the design had no more to ask. */
	readonly outOfTime: boolean;
	readonly calibrationMachine: string | null;
	/** When the document is made: ISO 8601, UTC. */
	readonly generated: string;
}

/** One study as a document. Reads the looks of the reporting runs that are shown, and of no other trial. */
export function viewOf({ stored, findings, trials, outOfTime, calibrationMachine, generated, progress, asked }: ViewInput): StudyView {
	const { record } = stored.study;
	const libraries = [...new Set(trials.flatMap(({ result }) => result.backend ?? []))];
	const provenance = { calibrationMachine, libraries, generated };
	const recorded = record ? recordedRows(findings.tradeoff, trials) : [];
	return {
		schemaVersion: viewVersion,
		stored,
		provenance,
		reproducible: isReproducible(stored, trials, outOfTime),
		findings,
		words: { ...wordsOf(stored, findings, provenance, trials), recorded: recordedTable(record ?? [], recorded) },
		curves: learningCurvesOf(trials, findings.tradeoff),
		recorded,
		progress,
		next: asked.map((trial) => ({ ...trial, why: reasonSentence(trial) })),
	};
}

/** All sentences and tables that follow from the findings. */
function wordsOf(
	stored: StoredStudy,
	findings: Findings,
	provenance: Provenance,
	trials: readonly FinishedTrial[],
): Omit<StudyWords, "recorded"> {
	const { study } = stored;
	return {
		verdict: findings.failure ? "every trial failed" : findings.recommendation.verdict,
		answer: answerSentences(findings, study),
		price: priceSentence(findings),
		support: [
			alikeSentence(findings, study),
			baselineSentence(findings),
			ownEndSentence(findings, study),
			ownLengthSentence(findings),
			...neighbourSentences(findings),
			...moneySentences(findings, stored),
			singleLooksSentence(findings),
			heldSentence(study, findings.recommendation),
			testSentence(findings),
		].filter((sentence) => sentence !== null),
		advice: findings.horizon
			? horizonAdvice(findings.horizon, stored)
			: findings.ending
				? endingAdvice(findings.ending, stored)
				: nextSteps(findings, stored),
		warnings: findings.horizon
			? horizonWarnings(findings.horizon, study)
			: findings.ending
				? endingWarnings(findings.ending, study)
				: warnings(findings, study),
		regime: regimeSentence(findings),
		fit: fitSentence(findings),
		noiseScale: noiseScaleSentence(findings, study),
		rateRule: rateRuleSentence(findings),
		devices: devicesSentence(findings, study),
		objectives: findings.horizon || findings.ending ? null : objectivesTable(findings),
		sizes: sizesTable(findings),
		horizon: tableOfEnds(findings, study),
		notTried: untriedSentence(findings),
		comparisons: { sentences: comparisonSentences(findings.comparisons), tables: findings.comparisons.map(comparisonTable) },
		method: methodSteps(stored, findings, trials),
		yaml: studyYaml(study),
		command: repeatCommand(study),
		identity: identity(stored, provenance),
	};
}

/** How trainings of a planned length ended; null where the study asks for something else. */
function tableOfEnds({ horizon, ending }: Findings, { goal }: Study): TextTable | null {
	if (ending) return endingTable(ending);
	return horizon && isBestGoal(goal) ? horizonTable(horizon, goal) : null;
}

/**
 * Whether equal studies give equal digests: not where a clock ended a trial or the study, nor where a trial failed for reasons of its own,
 * nor where code that isn't ours trained or multiplied matrices, as of runs made elsewhere.
 */
const isReproducible = ({ study, state }: StoredStudy, trials: readonly FinishedTrial[], outOfTime: boolean): boolean =>
	!outOfTime &&
	traitsOf(study.workload).isDeterministic &&
	(study.budget.seconds === null || state === "complete") &&
	trials.every(({ result }) => result.outcome !== "timed out" && result.outcome !== "failed" && result.backend === undefined);
