/** The middle half of the passes that timed a step may lie this far apart: on a machine that does little else it is a few percent. */
const mostScatter = 1.25;

/** Fewer passes have no middle half. */
const fewestPasses = 4;

/**
 * How far apart timings of the same steps lie where that is too far to trust their median: the upper end of their middle half over its
 * lower end. A few disturbed timings don't matter, since they don't move the median. Null if they agree.
 */
export function scatterOf(passes: readonly number[]): number | null {
	if (passes.length < fewestPasses) return null;
	const sorted = [...passes].sort((a, b) => a - b);
	const quarter = Math.floor(sorted.length / 4);
	const ratio = sorted[sorted.length - 1 - quarter] / sorted[quarter];
	return ratio > mostScatter ? ratio : null;
}
