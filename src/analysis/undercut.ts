import type { Fit } from "./findings.js";
import type { SizeMeasures } from "./measures.js";

/**
 * The fit with the sizes that lie below the curve's own floor. S_min is the least that a hyperbola allows, so if a measured S lies wholly
 * below it, interval below interval, the runs don't follow a hyperbola.
 */
export function withUndercut(fit: Fit, sizes: readonly SizeMeasures[]): Fit {
	const floor = fit.minSteps.low;
	const undercut = sizes.flatMap(({ batchSize, steps: { summary } }) =>
		floor !== null && summary.high !== null && summary.high < floor ? [batchSize] : [],
	);
	if (undercut.length === 0) return fit;
	return { ...fit, verdict: "not a hyperbola", lackOfFit: { ...fit.lackOfFit, undercut } };
}
