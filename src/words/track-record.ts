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
 * How good the ladder's answers have been, from `npm run bench -- price` on the 24 workloads held back in its last three judgments
 * (docs/price.md): by the budget in trainings, and by the runs that may begin.
 */
const byTrainings: readonly TrackRecord[] = [
	{ from: 40, good: 208, of: 240, found: 120, right: 112 },
	{ from: 20, good: 194, of: 240, found: 17, right: 17 },
	{ from: 0, good: 182, of: 240, found: 0, right: 0 },
];
const byRuns: readonly TrackRecord[] = [
	{ from: 40, good: 183, of: 220, found: 98, right: 93 },
	{ from: 20, good: 148, of: 220, found: 0, right: 0 },
];

/** The next budget with a record that is clearly larger, in trainings; undefined after the last. */
export const surerBudget = (trainings: number): number | undefined => byTrainings.findLast(({ from }) => from > 1.5 * trainings)?.from;

/** Fewer answers that were found are no record of their own. */
const enoughFound = 10;

/**
 * Such answers for as large a budget, or the next smaller one that was measured: those that were found, where this one is. `price`: of the
 * answer, in trainings, where the budget is a time.
 */
export function trackRecord({ trainings, trials }: Study["budget"], price: number | null, isFound: boolean): string {
	const isByRuns = trainings === undefined && trials !== null;
	const [records, budget] = isByRuns ? [byRuns, trials] : [byTrainings, trainings ?? price ?? 0];
	const record = records.find(({ from }) => budget >= from);
	if (!record) return `So few trials have no track record; it begins with ${records.at(-1)?.from}.`;
	const { from, good, of, found, right } = record;
	const words = from === 0 ? "a small budget" : `${from} ${isByRuns ? "trials" : "trainings"}`;
	if (isFound && found >= enoughFound)
		return `Of ${found} answers for ${words} that were as sure, on reference workloads that the ladder was not made on, ${right} were within 25 % of the best setting (docs/price.md).`;
	return `Of ${of} such answers for ${words}, on reference workloads that the ladder was not made on, ${good} were within 25 % of the best setting (docs/price.md).`;
}
