import { settingOf } from "../core/setting.js";
import { type FinishedTrial, trialKey } from "../core/trial.js";
import type { Design, Given } from "./contracts.js";
import type { Extension } from "./extension.js";
import type { Asked } from "./reason.js";
import { capsOf } from "./search/caps.js";
import { resultsOf } from "./search/results.js";
import { seedOf } from "./search/seeds.js";
import { exactSecondsPerStep } from "./seconds-per-step.js";
import type { Study } from "./study.js";

/** The user's own setting may take this many times as long as the recommended one: by then it is known to be slower. */
export const mostTimesTheRecommended = 3;

/** Runs of the user's own setting where nothing else reached the goal: most of three show whether it does. */
const runsWithoutAnswer = 3;

/**
 * Grants a study the runs of the user's own setting, to be compared with the recommended batch size. It is stored as a grant of no trials
 * at that size, since these runs aren't part of the search.
 */
export const baselineGrant = (batchSize: number): Extension => ({ batchSize, trials: 0 });

/** The batch size that the user's own setting is to be compared with; null while that isn't settled. */
export const baselineAgainst = (extensions: readonly Extension[]): number | null =>
	extensions.findLast(({ batchSize, trials }) => trials === 0 && batchSize !== null)?.batchSize ?? null;

/**
 * The design, followed by the runs of the user's own setting once the design has nothing more to ask and the recommendation is settled.
 * They use the seeds of the recommended setting's reporting runs, and take at most three times as long. Where no size reached the goal, the
 * own setting runs as long as any trial may: it is the cheapest proof that the goal can be met.
 */
export const withBaseline = (design: Design): Design => ({
	...design,
	next(study, finished, given) {
		const asked = design.next(study, finished, given);
		if (asked.length > 0 || given === undefined) return asked;
		const results = resultsOf(study, finished);
		return baselineRuns(design, study, finished, given).filter(({ spec }) => !results.has(trialKey(spec)));
	},
});

function baselineRuns(design: Design, study: Study, finished: readonly FinishedTrial[], given: Given): readonly Asked[] {
	const { baseline } = study;
	const against = baselineAgainst(given.extensions);
	const answer = design.answers(study, finished, given).find(({ batchSize }) => batchSize === against);
	if (!baseline || against === null) return [];
	const caps = capsOf(study, baseline.batchSize);
	if (!answer || answer.steps === null)
		return against === baseline.batchSize ? ownRuns(study, baseline, Math.min(runsWithoutAnswer, study.seeds.reporting), caps.limit) : [];
	const [seconds, ownSeconds] = [answer.batchSize, baseline.batchSize].map((size) => exactSecondsPerStep(given.calibration, size));
	// If times are unknown: at least as many steps and at least as many examples.
	const ownSteps = seconds && ownSeconds ? seconds / ownSeconds : Math.max(1, answer.batchSize / baseline.batchSize);
	const cap = Math.max(1, caps.lookAt(Math.min(caps.limit, Math.ceil(mostTimesTheRecommended * answer.steps * ownSteps))));
	return ownRuns(study, baseline, Math.min(answer.reportingRuns, study.seeds.reporting), cap);
}

function ownRuns(study: Study, baseline: NonNullable<Study["baseline"]>, count: number, cap: number): readonly Asked[] {
	return Array.from({ length: count }, (_, seedIndex) => ({
		reason: { kind: "baseline" },
		spec: {
			phase: "baseline",
			batchSize: baseline.batchSize,
			learningRate: baseline.learningRate,
			...settingOf(baseline),
			seedIndex,
			seed: seedOf(study.seed, "reporting", seedIndex),
			cap,
			until: "goal",
			curves: false,
			probe: false,
		},
	}));
}
