import type { Findings, Median } from "../analysis/findings.js";
import { moneyOf } from "../analysis/money.js";
import { settingOf } from "../core/setting.js";
import type { FinishedTrial } from "../core/trial.js";
import type { StoredStudy } from "../study/contracts.js";
import { isForeign, isImported } from "../study/study.js";

/** Of every JSON document. */
export const schemaVersion = 1;

/**
 * Whether equal studies give equal digests: not where a clock ended a trial or the study, nor where a trial failed for reasons of its own, nor where code
 * that isn't ours trained or multiplied matrices, as of runs made elsewhere.
 */
const isReproducible = ({ study, state }: StoredStudy, trials: readonly FinishedTrial[], outOfTime: boolean): boolean =>
	!outOfTime &&
	!isForeign(study.workload) &&
	!isImported(study) &&
	(study.budget.seconds === null || state === "complete") &&
	trials.every(({ result }) => result.outcome !== "timed out" && result.outcome !== "failed" && result.backend === undefined);

/** The answer as a document: what `tune --json`, `resume --json` and `show --json` print. Members are null where there is no value. */
export type AnswerDocument = ReturnType<typeof answerDocument>;

export function answerDocument(stored: StoredStudy, findings: Findings, trials: readonly FinishedTrial[], outOfTime: boolean) {
	const { recommendation, noiseScales, fit } = findings;
	const noise = noiseScales.find(({ batchSize }) => batchSize === recommendation.batchSize);
	return {
		schemaVersion,
		study: { id: stored.id, name: stored.study.name, hash: stored.hash },
		state: stored.state,
		backend: stored.backend,
		digest: stored.digest,
		reproducible: isReproducible(stored, trials, outOfTime),
		seconds: stored.seconds,
		cost: findings.cost,
		...(findings.failure && { failure: findings.failure }),
		tradeoff: findings.tradeoff.map((row) => ({
			batchSize: row.batchSize,
			flavor: row.flavor,
			learningRate: row.learningRate,
			...settingOf(row),
			atEdge: row.atEdge,
			outcome: row.outcome,
			replaced: row.replaced,
			reportingRuns: row.runs.length,
			steps: row.steps,
			sustainedSteps: row.sustainedSteps,
			examples: row.examples,
			seconds: row.seconds,
			secondsPerStep: row.secondsPerStep.median,
			secondsPerStepInterval: boundsOf(row.secondsPerStep),
			...(row.startUp && { startUp: true }),
			efficiency: row.efficiency,
			goodput: row.goodput,
		})),
		fit: {
			minSteps: fit.minSteps,
			minExamples: fit.minExamples,
			criticalBatchSize: fit.criticalBatchSize,
			exponent: fit.exponent,
			residualSd: fit.residualSd,
			verdict: fit.verdict,
		},
		noiseScale: noise && noise.mean.estimate !== null ? { batchSize: noise.batchSize, ...noise.mean } : { verdict: "cannot tell" },
		recommendation,
		recommendations: findings.recommendations,
		test: findings.test,
		...(stored.study.pricePerHour !== undefined && { money: moneyOf(findings, stored.study.pricePerHour, stored.seconds) }),
		learningRateRule: findings.rateRule,
		prediction: { onDevices: findings.onDevices },
		...(findings.comparisons.length > 0 && {
			comparisons: Object.fromEntries(findings.comparisons.map(({ comparison, rows }) => [comparison, rows])),
		}),
	};
}

const boundsOf = ({ low, high }: Median) => ({ low, high });
