/** A batch size and its steps-to-target. */
export interface SizeSteps {
	readonly batchSize: number;
	readonly steps: number;
}

/**
 * Steps-to-target at an untried batch size, predicted from the tried ones: on the hyperbola S = a + b/B through the two that it lies
 * between, where examples E = aB + b lie on a straight line; beyond the outermost on that through the two outermost, limited to what every
 * such curve does: S never rises with B, and E never falls (0 ≤ a ≤ S of the larger). From a single size, halfway between the two: S as
 * 1/√B. `tried`: ascending, at least one; a size that was tried gives its own steps.
 */
export function stepsBetween(batchSize: number, tried: readonly SizeSteps[]): number {
	if (tried.length === 1) return tried[0].steps * Math.sqrt(tried[0].batchSize / batchSize);
	let place = tried.findIndex((size) => size.batchSize >= batchSize);
	if (place === -1) place = tried.length - 1;
	const [below, above] = [tried[Math.max(0, place - 1)], tried[Math.max(1, place)]];
	const slope = (above.batchSize * above.steps - below.batchSize * below.steps) / (above.batchSize - below.batchSize);
	const inside = batchSize >= below.batchSize && batchSize <= above.batchSize;
	const a = inside ? slope : Math.max(0, Math.min(slope, above.steps));
	const end = batchSize < below.batchSize ? below : above;
	return a + ((end.steps - a) * end.batchSize) / batchSize;
}
