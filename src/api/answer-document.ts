import type { Median } from "../analysis/findings.js";
import { moneyOf } from "../analysis/money.js";
import { overheadOf } from "../analysis/overhead.js";
import { settingOf } from "../core/setting.js";
import type { StudyView } from "../words/view.js";

/** Of every JSON document. */
export const schemaVersion = 1;

/** The answer as a document: what `tune --json`, `resume --json` and `show --json` print. Members are null where there is no value. */
export type AnswerDocument = ReturnType<typeof answerDocument>;

export function answerDocument({ stored, findings, reproducible }: StudyView) {
	const { recommendation, noiseScales, fit } = findings;
	const noise = noiseScales.find(({ batchSize }) => batchSize === recommendation.batchSize);
	return {
		schemaVersion,
		study: { id: stored.id, name: stored.study.name, hash: stored.hash },
		state: stored.state,
		backend: stored.backend,
		digest: stored.digest,
		reproducible,
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
			firstSteps: row.firstSteps,
			examples: row.examples,
			seconds: row.seconds,
			secondsPerStep: row.secondsPerStep.median,
			secondsPerStepInterval: boundsOf(row.secondsPerStep),
			...(row.clockScatter !== undefined && { clockScatter: row.clockScatter }),
			...(row.startUp && { startUp: true }),
			...(row.equalSeeds && { equalSeeds: true }),
			efficiency: row.efficiency,
			goodput: row.goodput,
		})),
		fit: {
			minSteps: fit.minSteps,
			minExamples: fit.minExamples,
			criticalBatchSize: fit.criticalBatchSize,
			overhead: overheadOf(findings),
			exponent: fit.exponent,
			residualSd: fit.residualSd,
			verdict: fit.verdict,
		},
		noiseScale: noise && noise.mean.estimate !== null ? { batchSize: noise.batchSize, ...noise.mean } : { verdict: "cannot tell" },
		recommendation: { ...recommendation, ...(findings.baseline && { baseline: findings.baseline }) },
		recommendations: findings.recommendations,
		...(findings.ending && { ending: findings.ending }),
		...(findings.horizon && { horizon: findings.horizon }),
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
