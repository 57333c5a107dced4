import type { SizeMeasures } from "./measures.js";
import { type Objective, objectives } from "./objectives.js";

/** Which size would be best, by the medians, if steps-to-target were those to the first single look that met the goal, at the same rates; null of none. */
export function bestBySingleLooks(objective: Objective, sizes: readonly SizeMeasures[]): number | null {
	let best: { readonly batchSize: number; readonly score: number } | null = null;
	for (const { batchSize, steps, firstSteps, examples, seconds } of sizes) {
		const share = firstSteps.value / steps.value;
		const score = objectives[objective].score(share * (seconds?.value ?? Number.NaN), share * examples.value);
		if (!Number.isNaN(score) && (best === null || score < best.score)) best = { batchSize, score };
	}
	return best?.batchSize ?? null;
}
