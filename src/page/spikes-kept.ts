interface Point {
	readonly x: number;
	readonly y: number;
}

/**
 * At most about `most` of the points, which are in the order of x: of each stretch of the logarithmic axis the first, the last, the lowest
 * and the highest. So no spike is lost, and a curve that crosses a level still does.
 */
export function spikesKept<Kept extends Point>(points: readonly Kept[], most: number): readonly Kept[] {
	if (points.length <= most) return points;
	const stretches = Math.max(1, Math.floor(most / 4));
	const from = Math.log(points[0].x);
	const span = Math.log(points[points.length - 1].x) - from || 1;
	const kept: Kept[] = [];
	const keep = (stretch: readonly Kept[]): void => {
		if (stretch.length === 0) return;
		let [low, high] = [0, 0];
		for (const [i, { y }] of stretch.entries()) {
			if (y < stretch[low].y) low = i;
			if (y > stretch[high].y) high = i;
		}
		const places = [...new Set([0, low, high, stretch.length - 1])].sort((a, b) => a - b);
		for (const place of places) kept.push(stretch[place]);
	};
	let stretch: Kept[] = [];
	let at = 0;
	for (const point of points) {
		const place = Math.min(stretches - 1, Math.floor((stretches * (Math.log(point.x) - from)) / span));
		if (place !== at) {
			keep(stretch);
			stretch = [];
			at = place;
		}
		stretch.push(point);
	}
	keep(stretch);
	return kept;
}
