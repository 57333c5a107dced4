/** A point of a curve, in the order of x. */
interface Point {
	readonly x: number;
	readonly y: number;
}

/** Several runs at one place: their median, and the middle half of them. */
export interface FoldedPoint {
	readonly x: number;
	readonly median: number;
	/** Quartiles; null where there is one run, which has no spread. */
	readonly low: number | null;
	readonly high: number | null;
}

/**
 * Runs as one curve. A run that has ended stays at its last value: if it were left out, only the slow ones would remain, and the median
 * would turn away from the goal that the others reached. So the median crosses the goal where half of the runs have. The curve begins where
 * every run has been looked at, and ends where three quarters of them have ended. Between two looks a run is on the line that joins them.
 */
export function foldedRuns(runs: readonly (readonly Point[])[]): readonly FoldedPoint[] {
	const shown = runs.filter((run) => run.length > 0);
	if (shown.length === 0) return [];
	const start = Math.max(...shown.map((run) => run[0].x));
	const ends = shown.map((run) => run[run.length - 1].x).sort((a, b) => a - b);
	const end = Math.max(start, ends[Math.ceil(0.75 * ends.length) - 1]);
	const places = [...new Set(shown.flatMap((run) => run.map(({ x }) => x)))].filter((x) => x >= start && x <= end).sort((a, b) => a - b);
	const at = shown.map(reader);
	return places.map((x) => {
		const values = at.map((read) => read(x)).sort((a, b) => a - b);
		const hasSpread = values.length > 1;
		return {
			x,
			median: quantile(values, 0.5),
			low: hasSpread ? quantile(values, 0.25) : null,
			high: hasSpread ? quantile(values, 0.75) : null,
		};
	});
}

/** A run's value at places that are asked for in ascending order. */
function reader(run: readonly Point[]): (x: number) => number {
	let next = 0;
	return (x) => {
		while (next < run.length && run[next].x < x) next++;
		if (next === 0) return run[0].y;
		const before = run[next - 1];
		if (next === run.length) return before.y;
		const after = run[next];
		return after.x === x ? after.y : before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
	};
}

/** Of ascending values, linear between two of them. */
function quantile(sorted: readonly number[], share: number): number {
	const place = share * (sorted.length - 1);
	const below = Math.floor(place);
	const above = Math.min(sorted.length - 1, below + 1);
	return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
