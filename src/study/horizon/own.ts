import { type HorizonAnswer, type HorizonSetting, isBestGoal } from "../../core/horizon.js";
import { settingOf } from "../../core/setting.js";
import { type FinishedTrial, trialKey } from "../../core/trial.js";
import type { Design, Given } from "../contracts.js";
import type { Asked } from "../reason.js";
import { resultsOf } from "../search/results.js";
import { seedOf } from "../search/seeds.js";
import type { Study } from "../study.js";
import type { horizonDesign } from "./design.js";
import { plannedSteps } from "./lengths.js";

/**
 * The design of the best end, followed by trainings of the user's own setting, of the same length: on the fresh seeds of the best setting, as
 * many, once that is settled. They take no part in the choice.
 */
export const withOwnEnd = (design: typeof horizonDesign): Design => ({
	...design,
	next(study, finished, given = { extensions: [], calibration: null }) {
		const asked = design.next(study, finished, given);
		if (asked.length > 0) return asked;
		const answer = design.horizon(study, finished, given);
		const results = resultsOf(study, finished);
		return ownRuns(study, answer, finished, given).filter(({ spec }) => !results.has(trialKey(spec)));
	},
	horizon(study, finished, given = { extensions: [], calibration: null }) {
		const answer = design.horizon(study, finished, given);
		const own = ownSetting(study, given);
		return own ? { ...answer, own } : answer;
	},
});

/** The user's own setting, at the planned length; null where there is none. */
function ownSetting(study: Study, { calibration }: Given): HorizonSetting | null {
	const { baseline, goal } = study;
	if (!baseline || !isBestGoal(goal)) return null;
	const { batchSize, learningRate } = baseline;
	return { batchSize, learningRate, steps: plannedSteps(study, goal.horizon, batchSize, 1, calibration) };
}

function ownRuns(study: Study, { best, larger }: HorizonAnswer, finished: readonly FinishedTrial[], given: Given): readonly Asked[] {
	const own = ownSetting(study, given);
	const isKnown = [best, ...larger].some((one) => one?.batchSize === own?.batchSize && one?.learningRate === own?.learningRate);
	if (!own || !best || isKnown) return [];
	const fresh = finished.filter(
		({ spec }) =>
			spec.phase === "horizon reporting" &&
			spec.batchSize === best.batchSize &&
			spec.learningRate === best.learningRate &&
			spec.cap === best.steps,
	);
	return Array.from({ length: new Set(fresh.map(({ spec }) => spec.seedIndex)).size }, (_, seedIndex) => ({
		reason: { kind: "baseline" },
		spec: {
			phase: "baseline",
			batchSize: own.batchSize,
			learningRate: own.learningRate,
			...settingOf(study.baseline ?? {}),
			seedIndex,
			seed: seedOf(study.seed, "horizon reporting", seedIndex),
			cap: own.steps,
			until: "cap",
			curves: false,
			probe: false,
		},
	}));
}
