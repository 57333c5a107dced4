/**
 * How good the ladder's answers have been, from `npm run bench -- price` on the workloads held back (docs/price.md): by the least budget,
 * in trainings.
 */
const records = [
	{ from: 40, good: 69, of: 80, found: 37, right: 34 },
	{ from: 20, good: 60, of: 80, found: 2, right: 2 },
	{ from: 0, good: 52, of: 80, found: 0, right: 0 },
] as const;

/** The next budget with a record that is clearly larger, in trainings; undefined after the last. */
export const surerBudget = (trainings: number): number | undefined => records.findLast(({ from }) => from > 1.5 * trainings)?.from;

/** Fewer answers that were found are no record of their own. */
const enoughFound = 10;

/** Such answers for as large a budget, in trainings, or the next smaller one that was measured: those that were found, where this one is. */
export function trackRecord(trainings: number, isFound: boolean): string {
	const { from, good, of, found, right } = records.find((record) => trainings >= record.from) ?? records[records.length - 1];
	const budget = from === 0 ? "a small budget" : `${from} trainings`;
	if (isFound && found >= enoughFound)
		return `Of ${found} answers for ${budget} that were as sure, on reference workloads that the ladder was not made on, ${right} were within 25 % of the best setting (docs/price.md).`;
	return `Of ${of} such answers for ${budget}, on reference workloads that the ladder was not made on, ${good} were within 25 % of the best setting (docs/price.md).`;
}
