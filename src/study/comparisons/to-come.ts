import { comparisonNames } from "../../core/comparisons.js";
import { columnKey, comparisonOfPhase, type FinishedTrial } from "../../core/trial.js";
import type { ToCome } from "../search/following.js";
import type { Study } from "../study.js";
import { typicalComparison } from "../typical-trials.js";

/**
 * The finished and future trials of the comparisons at equal budgets. The needs of a column are estimated from complete columns; before
 * there is one, from a typical search: its start, and a challenger on each side a whole and a half octave away.
 */
export function comparisonsToCome(study: Study, finished: readonly FinishedTrial[]): ToCome {
	if (!study.comparisons) return { done: 0, toCome: 0, seconds: 0 };
	const columns = new Map<string, { trials: number; reporting: number }>();
	const all = { trials: 0, seconds: 0 };
	for (const { spec, result } of finished) {
		if (comparisonOfPhase(spec.phase) === null) continue;
		const column = columns.get(columnKey(spec)) ?? { trials: 0, reporting: 0 };
		columns.set(columnKey(spec), { trials: column.trials + 1, reporting: column.reporting + (spec.phase.endsWith("reporting") ? 1 : 0) });
		all.trials++;
		all.seconds += result.seconds;
	}
	const { reporting } = study.seeds;
	const complete = [...columns.values()].filter((column) => column.reporting >= reporting);
	const total = comparisonNames.length * study.batchSizes.length;
	const usual = complete.length > 0 ? complete.reduce((sum, { trials }) => sum + trials, 0) / complete.length : typicalComparison(study);
	const begun = all.trials - complete.reduce((sum, { trials }) => sum + trials, 0);
	const open = total - complete.length;
	const toCome = Math.max(open, open * usual - begun);
	const mean =
		all.trials > 0
			? all.seconds / all.trials
			: finished.reduce((sum, { result }) => sum + result.seconds, 0) / Math.max(1, finished.length);
	return { done: all.trials, toCome, seconds: toCome * mean };
}
