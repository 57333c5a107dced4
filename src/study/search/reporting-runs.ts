import { type Setting, settingOf } from "../../core/setting.js";
import type { TrialResult } from "../../core/trial.js";
import type { Asked, Reason } from "../reason.js";
import type { Study } from "../study.js";
import { capsOf } from "./caps.js";
import type { Rounds } from "./rounds.js";
import type { SeedWatch } from "./seed-watch.js";
import { seedOf } from "./seeds.js";

/**
 * Reporting runs of an unknown effect of seeds that come before the rest of their block: enough of them show a trainer that ignores its seed.
 */
const firstOfBlock = 3;

/**
 * The study's block of reporting runs of one rate, and their results; a single one where different seeds give equal results. While it isn't
 * known whether they do, the first few come first.
 */
export function* reportingBlock(study: Study, reported: Reported, reason: Reason, seedWatch: SeedWatch): Rounds<readonly TrialResult[]> {
	const count = study.seeds.reporting;
	if (seedWatch.areAlike) return yield reportingRuns(study, reported, 1, reason);
	const runs = reportingRuns(study, reported, count, reason);
	const few = seedWatch.isUnknown ? firstOfBlock : count;
	const first = yield runs.slice(0, few);
	seedWatch.see(`reporting/${reported.learningRate}`, first);
	return count <= few || seedWatch.areAlike ? first : [...first, ...(yield runs.slice(few))];
}

/** What is reported at a batch size. */
interface Reported extends Setting {
	readonly batchSize: number;
	readonly learningRate: number;
}

/**
 * The first `count` reporting runs of one rate: to the sustained goal, with learning curves, the noise probed along the first of them.
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
			until: "sustained",
			curves: true,
			probe: seedIndex === 0,
		},
	}));
}
