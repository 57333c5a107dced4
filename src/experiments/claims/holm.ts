/**
 * Holm's step-down adjustment (Holm 1979): the k-th smallest of m p-values times m − k + 1, no smaller than those before it and at most 1.
 * Calling everything below 0.05 decided then errs anywhere in the family in at most 5 % of repetitions, whatever the tests have to do with
 * each other.
 */
export function holmAdjusted(ps: readonly number[]): readonly number[] {
	const order = ps.map((p, place) => ({ p, place })).sort((a, b) => a.p - b.p);
	const adjusted: number[] = Array.from({ length: ps.length });
	let least = 0;
	for (const [rank, { p, place }] of order.entries()) {
		least = Math.max(least, Math.min(1, (ps.length - rank) * p));
		adjusted[place] = least;
	}
	return adjusted;
}
