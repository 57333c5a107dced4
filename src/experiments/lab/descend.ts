/** What a search over learning rates found. */
export interface Descended {
	readonly rate: number;
	/** The best lies at the edge of the range: there may be a better one beyond. */
	readonly atEdge: boolean;
	/** Every rate that was tried, ascending, with its score; null where that isn't finite. */
	readonly tried: readonly { readonly rate: number; readonly score: number | null }[];
}

/**
 * The rate of the lowest score, on a lattice of `factor` around `start` within [from, to]: goes to the better neighbour until neither is
 * better. Finds the best where the scores have one valley. Infinite (or NaN) scores are worst: those of rates at which runs diverge. At
 * equal scores the lower rate.
 */
export function descend(
	start: number,
	factor: number,
	{ from, to }: { readonly from: number; readonly to: number },
	score: (rate: number) => number,
): Descended {
	const known = new Map<number, number>();
	const at = (place: number): number => {
		const rate = start * factor ** place;
		if (rate < from || rate > to) return Number.POSITIVE_INFINITY;
		const found = known.get(place) ?? score(rate);
		const value = Number.isNaN(found) ? Number.POSITIVE_INFINITY : found;
		known.set(place, value);
		return value;
	};
	let place = 0;
	for (;;) {
		const here = at(place);
		// A rate that diverges says nothing of which way is down, but lower rates don't diverge.
		if (at(place - 1) <= here && known.has(place - 1)) place--;
		else if (at(place + 1) < here) place++;
		else break;
	}
	return {
		rate: start * factor ** place,
		atEdge: !known.has(place - 1) || !known.has(place + 1),
		tried: [...known]
			.sort(([a], [b]) => a - b)
			.map(([at, value]) => ({ rate: start * factor ** at, score: Number.isFinite(value) ? value : null })),
	};
}
