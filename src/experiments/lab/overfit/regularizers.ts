import type { LayerSpec } from "../../../engine/network-spec.js";
import type { NetworkWorkload } from "../../../study/study.js";

/** What may be done against over-fitting, each with the customary strength. */
export const regularizers = ["none", "dropout", "batch normalization", "ghost batches", "weight decay", "gradient noise"] as const;
export type Regularizer = (typeof regularizers)[number];

/** Examples of a ghost batch: a moderate batch, within any mini-batch. */
const ghost = 32;

/** What goes before and behind an activation. */
const around: Partial<Readonly<Record<Regularizer, { readonly before?: LayerSpec; readonly behind?: LayerSpec }>>> = {
	dropout: { behind: { kind: "dropout", rate: 0.5 } },
	"batch normalization": { before: { kind: "batch-norm" } },
	"ghost batches": { before: { kind: "batch-norm", ghost } },
};

/** The workload with a regularizer at every activation, in the optimizer, or on the gradient; by "none" itself. Its optimizer is SGD. */
export function regularized(workload: NetworkWorkload, regularizer: Regularizer): NetworkWorkload {
	const { before, behind } = around[regularizer] ?? {};
	const model = workload.model.flatMap((layer) =>
		layer.kind === "relu" ? [...(before ? [before] : []), layer, ...(behind ? [behind] : [])] : [layer],
	);
	return {
		...workload,
		model,
		...(regularizer === "weight decay" && { optimizer: { ...workload.optimizer, weightDecay: 0.01 } }),
		// The least of the three variances of Neelakantan et al. 2015, and their decay.
		...(regularizer === "gradient noise" && { gradient: { noise: { variance: 0.01, decay: 0.55 } } }),
	};
}
