import { type Setting, settingOf } from "../../core/setting.js";
import type { TrialResult } from "../../core/trial.js";
import type { Asked, Reason } from "../reason.js";
import type { Study } from "../study.js";
import { capsOf } from "./caps.js";
import type { Rounds } from "./rounds.js";
import type { SeedWatch } from "./seed-watch.js";
import { seedOf } from "./seeds.js";

/**
 * The study's block of reporting runs of one rate, and their results; a single one where different seeds are known to give equal results.
 */
export function* reportingBlock(study: Study, reported: Reported, reason: Reason, seedWatch: SeedWatch): Rounds<readonly TrialResult[]> {
	const results = yield reportingRuns(study, reported, seedWatch.areAlike ? 1 : study.seeds.reporting, reason);
	seedWatch.see(`reporting/${reported.learningRate}`, results);
	return results;
}

/** What is reported at a batch size. */
interface Reported extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
}

/**
 * The first `count` reporting runs of one rate: to the goal, with learning curves, the noise probed along them.
 * `most`: steps that a run may take, where that is less than the study's limit.
 */
export function reportingRuns(study: Study, reported: Reported, count: number, reason: Reason, most = Number.POSITIVE_INFINITY): Asked[] {
	const caps = capsOf(study, reported.batchSize);
	return Array.from({ length: count }, (_, seedIndex) => ({
		reason,
		spec: {
			phase: "reporting",
			batchSize: reported.batchSize,
			learningRate: reported.learningRate,
			...settingOf(reported),
			seedIndex,
			seed: seedOf(study.seed, "reporting", seedIndex),
			cap: caps.lookAt(Math.min(most, caps.limit)),
			until: "goal",
			curves: true,
			probe: true,
		},
	}));
}
