import { manyExamples } from "../study/ladder/shape.js";
import type { Study } from "../study/study.js";

/** Of so many answers, how many were within 25 % of the best; how many were found, and how many of these were right. */
interface TrackRecord {
	/** The least budget that it holds for. */
	readonly from: number;
	readonly good: number;
	readonly of: number;
	readonly found: number;
	readonly right: number;
}

/**
 * How good the ladder's answers have been, from `npm run bench -- price` on the workloads held back in its judgments (docs/price.md): by the
 * budget in trainings, and by the runs that may begin. 32 workloads have mostly up to 20,000 examples, 56 have 40,000, on which runs differ
 * less: 24 of these with at most 20 trainings, none limited by runs.
 */
const onFewer: readonly TrackRecord[] = [
	{ from: 40, good: 275, of: 320, found: 141, right: 130 },
	{ from: 20, good: 256, of: 320, found: 19, right: 19 },
	{ from: 0, good: 225, of: 320, found: 0, right: 0 },
];
const onMore: readonly TrackRecord[] = [
	{ from: 40, good: 311, of: 320, found: 270, right: 269 },
	{ from: 20, good: 547, of: 560, found: 237, right: 237 },
	{ from: 0, good: 449, of: 560, found: 0, right: 0 },
];
const byRuns: readonly TrackRecord[] = [
	{ from: 40, good: 248, of: 300, found: 123, right: 115 },
	{ from: 20, good: 195, of: 300, found: 0, right: 0 },
];

/** The next budget with a record that is clearly larger, in trainings; undefined after the last. */
export const surerBudget = (trainings: number): number | undefined => onFewer.findLast(({ from }) => from > 1.5 * trainings)?.from;

/** Fewer answers that were found are no record of their own. */
const enoughFound = 10;

/**
 * Such answers for as large a budget, or the next smaller one that was measured, on data sets of about this size: those that were found,
 * where this one is. `price`: of the answer, in trainings, where the budget is a time.
 */
export function trackRecord({ budget: { trainings, trials }, data }: Judged, price: number | null, isFound: boolean): string {
	const isByRuns = trainings === undefined && trials !== null;
	const hasMore = data.train >= manyExamples && !isByRuns;
	const byTrainings = hasMore ? onMore : onFewer;
	const [records, budget] = isByRuns ? [byRuns, trials] : [byTrainings, trainings ?? price ?? 0];
	const record = records.find(({ from }) => budget >= from);
	if (!record) return `So few trials have no track record; it begins with ${records.at(-1)?.from}.`;
	const { from, good, of, found, right } = record;
	const words = from === 0 ? "a small budget" : `${from} ${isByRuns ? "trials" : "trainings"}`;
	const on = `on data sets of ${hasMore ? "40,000" : "mostly up to 20,000"} examples that the ladder was not made on`;
	if (isFound && found >= enoughFound)
		return `Of ${found} answers for ${words} that were as sure, ${on}, ${right} were within 25 % of the best setting (docs/price.md).`;
	return `Of ${of} such answers for ${words}, ${on}, ${good} were within 25 % of the best setting (docs/price.md).`;
}

/** A study's budget, and its training set. */
type Judged = Pick<Study, "budget"> & { readonly data: Pick<Study["data"], "train"> };
