import { blankAnswer, type ColumnAnswer } from "../../core/column.js";
import { rateAt } from "../../core/rates.js";
import { upperMiddle } from "../../core/upper-middle.js";
import type { Reason } from "../reason.js";
import { ranking } from "../search/ranking.js";
import { reportingBlock } from "../search/reporting-runs.js";
import type { Rounds } from "../search/rounds.js";
import { runsOf } from "../search/runs.js";
import { SeedWatch } from "../search/seed-watch.js";
import { isAtEdge, searchSpace } from "../search/space.js";
import type { Leader } from "../search/trend.js";
import type { Study } from "../study.js";

/**
 * What to report for a tuned batch size. The tuned rate and its two neighbours on the lattice run on fresh, selecting seeds, each capped at
 * the best so far. The best of them runs on reporting seeds that are used for nothing else, so that no minimum over trials is ever shown
 * (it would be biased low). If all seeds give equal results, a single run is reported and nothing is selected. If most reporting runs miss
 * the goal, the next candidate takes its place, and the answer says so.
 */
export function* select(study: Study, batchSize: number, tuned: Leader, seedWatch: SeedWatch = new SeedWatch(study)): Rounds<ColumnAnswer> {
	const space = searchSpace(study, batchSize);
	const replaced: number[] = [];
	const runs = runsOf(study, batchSize, tuned.setting, { kind: "selecting" }, { seedWatch });
	for (const rate of yield* ranking(runs, space, tuned)) {
		const learningRate = rateAt(rate);
		const before = replaced.at(-1);
		const reason: Reason = before === undefined ? { kind: "reporting" } : { kind: "replacement", of: before };
		const results = yield* reportingBlock(study, { batchSize, learningRate, ...tuned.setting }, reason, seedWatch);
		const steps = upperMiddle(
			results.flatMap(({ reached }) => reached?.step ?? []),
			results.length,
		);
		if (steps !== undefined) {
			const reportingRuns = results.length;
			return { batchSize, state: "reached", learningRate, ...tuned.setting, steps, atEdge: isAtEdge(rate, space), replaced, reportingRuns };
		}
		replaced.push(learningRate);
	}
	return blankAnswer(batchSize, "not reached", replaced);
}
