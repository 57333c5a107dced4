import type { SizeMeasures } from "./measures.js";
import { type Objective, objectives } from "./objectives.js";

/**
 * Which size would be best, by the medians, if steps-to-target were those to the first single look that met the goal, at the same rates.
 * Null if there is none, or if the medians of steps-to-target give the same size.
 */
export function bestBySingleLooks(objective: Objective, sizes: readonly SizeMeasures[]): number | null {
	const first = bestBy(objective, sizes, ({ steps, firstSteps }) => firstSteps.value / steps.value);
	return first === bestBy(objective, sizes, () => 1) ? null : first;
}

/** `share`: of a size's median time and examples that it is taken to need. */
function bestBy(objective: Objective, sizes: readonly SizeMeasures[], share: (size: SizeMeasures) => number): number | null {
	let best: { readonly batchSize: number; readonly score: number } | null = null;
	for (const size of sizes) {
		const score = objectives[objective].score(share(size) * (size.seconds?.value ?? Number.NaN), share(size) * size.examples.value);
		if (!Number.isNaN(score) && (best === null || score < best.score)) best = { batchSize: size.batchSize, score };
	}
	return best?.batchSize ?? null;
}
