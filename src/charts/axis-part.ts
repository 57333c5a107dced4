/** The part of an axis that a reader asked for, in its unit; null: up to the end of what is drawn. */
export interface AxisPart {
	readonly from: number | null;
	readonly to: number | null;
}

export const wholeAxis: AxisPart = { from: null, to: null };

export const isWhole = ({ from, to }: AxisPart): boolean => from === null && to === null;

/** The part of a logarithmic axis; the whole one where nothing lies between the two ends. */
export function partOfAxis([low, high]: readonly [number, number], { from, to }: AxisPart): [number, number] {
	const [first, last] = [from !== null && from > 0 ? from : low, to ?? high];
	return last > first ? [first, last] : [low, high];
}

/** The points on a part of a logarithmic axis, in the order of x. Where a line crosses an end of the part, it gets a point there. */
export function cutTo<Point extends { readonly x: number }>(
	points: readonly Point[],
	[low, high]: readonly [number, number],
	between: (a: Point, b: Point, share: number) => Point,
): readonly Point[] {
	const shareAt = (a: Point, b: Point, x: number) => Math.log(x / a.x) / Math.log(b.x / a.x);
	return points.flatMap((point, i) => {
		const next = points[i + 1];
		const crossed = next === undefined ? [] : [low, high].filter((x) => point.x < x && x < next.x);
		return [...(point.x >= low && point.x <= high ? [point] : []), ...crossed.map((x) => between(point, next, shareAt(point, next, x)))];
	});
}
