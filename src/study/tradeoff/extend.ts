import { blankAnswer, type ColumnAnswer } from "../../core/column.js";
import { trialKey } from "../../core/trial.js";
import { upperMiddle } from "../../core/upper-middle.js";
import type { Extension } from "../extension.js";
import type { Asked } from "../reason.js";
import { reportingRuns } from "../search/reporting-runs.js";
import type { Results } from "../search/rounds.js";
import type { Study } from "../study.js";

/** A column's answer with the runs it was granted beyond its reporting block, and those of them that have no result yet. */
export interface ExtendedColumn {
	readonly answer: ColumnAnswer;
	readonly missing: readonly Asked[];
}

/**
 * Further reporting runs of the reported rate: they continue with the seeds after its block. The answer includes a grant only once all its
 * runs have results (among partial results the short runs come first, which would bias the median low). If most of the runs then miss the
 * goal, the size counts as not reached, as it does if the block itself misses it.
 */
export function extend(study: Study, answer: ColumnAnswer, extensions: readonly Extension[], results: Results): ExtendedColumn {
	const { batchSize, learningRate } = answer;
	if (answer.state !== "reached" || learningRate === null) return { answer, missing: [] };
	let extended = answer;
	let wanted = answer.reportingRuns;
	for (const grant of extensions) {
		if (grant.batchSize !== batchSize) continue;
		wanted += grant.trials;
		const runs = reportingRuns(study, { ...answer, learningRate }, wanted, { kind: "granted" });
		const missing = runs.filter(({ spec }) => !results.has(trialKey(spec)));
		if (missing.length > 0) return { answer: extended, missing };
		const steps = upperMiddle(
			runs.flatMap(({ spec }) => results.get(trialKey(spec))?.reached?.step ?? []),
			wanted,
		);
		if (steps === undefined) return { answer: blankAnswer(batchSize, "not reached", [...answer.replaced, learningRate]), missing: [] };
		extended = { ...answer, steps, reportingRuns: wanted };
	}
	return { answer: extended, missing: [] };
}
