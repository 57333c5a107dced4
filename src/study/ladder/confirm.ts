import { rateAt } from "../../core/rates.js";
import type { TrialResult } from "../../core/trial.js";
import type { Asked, Reason } from "../reason.js";
import { reportingRuns } from "../search/reporting-runs.js";
import type { Rounds } from "../search/rounds.js";
import type { Study } from "../study.js";
import { type Arm, typicalSteps } from "./arm.js";
import type { Field } from "./field.js";
import { cheapest } from "./reached.js";
import { refined } from "./refine.js";
import { shape } from "./shape.js";

/** The result of the ladder: the arm that is recommended, with the runs on fresh seeds that show what it takes. */
export interface Winner {
	readonly arm: Arm;
	/** In the order of their seeds; at least one, and most of them reached the goal. */
	readonly reported: readonly TrialResult[];
}

/**
 * Spends what is left of so many trainings on the settings around the winning arm, then runs the best on a seed that chose nothing, and
 * reports that run. If the arm then misses the goal or takes much longer, it was lucky: the next best replaces it, or a lower rate if no
 * other arm has reached the goal. Null if none holds up.
 */
export function* confirm(field: Field, won: Arm, trainings: number): Rounds<Winner | null> {
	let arm = yield* refined(field, won, trainings);
	for (let replaced = 0; arm; replaced++) {
		const reason: Reason = replaced === 0 ? { kind: "reporting" } : { kind: "replacement", of: rateAt(arm.rate) };
		const [result] = yield freshRuns(field.study, arm, 1, reason);
		field.begun.onFreshSeeds(arm, 1);
		if (result.reached) {
			arm.freshCap ??= freshCapOf(arm);
			return { arm, reported: [result] };
		}
		if (arm.further.some(({ isReached }) => isReached)) {
			// It held on other seeds before: this one may have been unlucky.
			const more = yield freshRuns(field.study, arm, 3, reason).slice(1);
			field.begun.onFreshSeeds(arm, 3);
			if (more.every(({ reached }) => reached)) return { arm, reported: [result, ...more] };
		}
		arm.ended = "lucky";
		arm.further.push(field.furtherRun(result));
		if (replaced === shape.mostReplaced) return null;
		arm = yield* nextBest(field, arm, trainings);
	}
	return null;
}

/** The arm that replaces one that was lucky: the best of those that reached the goal, or a lower rate. */
export function* nextBest(field: Field, lucky: Arm, trainings: number): Rounds<Arm | null> {
	const other = yield* refined(field, lucky, trainings);
	if (other) return other;
	const lower = field.lower(lucky);
	if (!lower) return null;
	lower.ended = null;
	yield* field.advance([lower], shape.freshMostTimes * field.spent(lucky), null, "lower rate");
	return cheapest(field);
}

/** The first `count` runs of an arm on the seeds of reporting runs, ended where they take many times the steps of those before. */
export function freshRuns(study: Study, arm: Arm, count: number, reason: Reason): readonly Asked[] {
	const { batchSize, rate, setting } = arm;
	return reportingRuns(study, { batchSize, learningRate: rateAt(rate), ...setting }, count, reason, arm.freshCap ?? freshCapOf(arm));
}

const freshCapOf = (arm: Arm): number => shape.freshMostTimes * typicalSteps(arm);
