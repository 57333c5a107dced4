import type { Sampler } from "../../data/sampler.js";
import type { StepBlock } from "../../engine/step-block.js";
import type { Advance, PaceAt, TrialPosition } from "../machinery.js";

/**
 * As many steps as one call may take, of those that are to be taken: on the sampler's next mini-batches, none beyond its epoch. Null where
 * the first is none for a call: then nothing has happened. `indices`: those of the block.
 */
export function takeTogether(
	block: StepBlock,
	indices: Int32Array,
	sampler: Sampler,
	{ step, examples }: TrialPosition,
	most: number,
	paceAt: PaceAt,
): Pick<Advance, "steps" | "examples"> | null {
	const { counts, rates } = block;
	let steps = 0;
	let used = 0;
	let backToFirst: (() => void) | null = null;
	for (let limit = most; steps < limit; steps++) {
		const pace = paceAt(step + steps, examples + used);
		if (!pace) break;
		const { batchSize, learningRate } = pace;
		if (batchSize > block.largestBatch || used + batchSize > block.room) break;
		if (steps > 0 && sampler.beginsEpoch(batchSize)) break;
		limit = Math.min(limit, block.mostSteps(batchSize));
		counts[steps] = sampler.next(indices, batchSize, used);
		rates[steps] = learningRate;
		used += counts[steps];
		backToFirst ??= sampler.mark();
	}
	if (!backToFirst) return null;
	const taken = block.run(steps);
	if (taken === steps) return { steps, examples: used };
	backToFirst();
	used = counts[0];
	for (let i = 1; i < taken; i++) used += sampler.next(indices, counts[i], used);
	return { steps: taken, examples: used };
}
