/**
 * How good the ladder's answers have been, from `npm run bench -- price` on the workloads held back (docs/price.md): by the least budget,
 * in trainings.
 */
const records = [
	{ from: 40, good: 64, of: 70 },
	{ from: 20, good: 55, of: 70 },
	{ from: 0, good: 45, of: 70 },
] as const;

/** The next larger budget with a record, in trainings; undefined after the last. */
export const surerBudget = (trainings: number): number | undefined => records.findLast(({ from }) => from > trainings)?.from;

/** Such answers for as large a budget, in trainings, or the next smaller one that was measured. */
export function trackRecord(trainings: number): string {
	const { from, good, of } = records.find((record) => trainings >= record.from) ?? records[records.length - 1];
	const budget = from === 0 ? "a small budget" : `${from} trainings`;
	return `Of ${of} such answers for ${budget}, on reference workloads that the ladder was not made on, ${good} were within 25 % of the best setting (docs/price.md).`;
}
