import { onlyWholeBatches } from "./steps.js";
import type { Study } from "./study.js";

/** Beyond this, a batch size no longer describes its steps: the harmonic mean lies more than a tenth below it. */
const mostMissing = 0.1;

/**
 * Examples that a step uses, in the harmonic mean over an epoch of `examples`: full batches, and the partial one that is left. The noise of
 * a gradient is in proportion to 1/B, so the mean noise of the steps is that of batches of this size. With N = 1,087, a batch size of 1,024
 * alternates between 1,024 examples and 63: 119 in the harmonic mean.
 */
export function harmonicBatch(batchSize: number, examples: number): number {
	const full = Math.floor(examples / batchSize);
	const rest = examples - full * batchSize;
	return rest === 0 ? batchSize : (full + 1) / (full / batchSize + 1 / rest);
}

/**
 * The effective size of the steps at a batch size, if partial batches make it a different one: then its steps-to-target don't describe the
 * nominal size. Null if they do, or if the number of examples is not known.
 */
export function unevenBatch(batchSize: number, study: Pick<Study, "data" | "workload">): number | null {
	const { train } = study.data;
	if (train < batchSize || onlyWholeBatches(study.workload)) return null;
	const used = harmonicBatch(batchSize, train);
	return used < (1 - mostMissing) * batchSize ? used : null;
}
