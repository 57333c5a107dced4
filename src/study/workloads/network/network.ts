import type { z } from "zod";
import { type NetworkSource, placesOf, sourceAsWritten } from "../../../data/sources/table.js";
import type { Init, LayerSpec, LossName } from "../../../engine/network-spec.js";
import type { WorkloadKind } from "../kind.js";
import { type Descent, heldByDescent, knowsTheEnd, resolveDescent } from "../trained/descent.js";
import type { trainedWorkload } from "../trained/schema.js";
import { trained } from "../trained/traits.js";
import { without } from "../without.js";
import { layerSpec, writtenLayer } from "./layers.js";

/** A network, trained on examples. */
export interface NetworkWorkload extends Descent {
	readonly data: NetworkSource;
	readonly model: readonly LayerSpec[];
	readonly init: Init;
	readonly loss: LossName;
	/** Of softmax cross-entropy; absent where labels are taken as they are. */
	readonly labelSmoothing?: number;
	readonly reduction: "mean" | "sum";
	/**
	 * Metrics are those of the weights averaged over about the last so much of the steps, in (0, 1]: see `WeightAverage`. Absent where they
	 * are taken as they are.
	 */
	readonly averaging?: number;
}

export const network = {
	name: "network",
	traits: { ...trained, hasBackend: true },
	nameOf: ({ data }: NetworkWorkload) => data.name,
	hashed: (workload: NetworkWorkload) => ({ ...workload, data: without(workload.data, placesOf(workload.data)) }),
	written: ({ data, model, ...rest }: NetworkWorkload) => ({ data: sourceAsWritten(data), model: model.map(writtenLayer), ...rest }),
	sourceOf: ({ data }: NetworkWorkload) => data,
	isTied: (workload: NetworkWorkload) => knowsTheEnd(workload),
	heldBy: (workload: NetworkWorkload) => heldByDescent(workload),
} satisfies WorkloadKind<NetworkWorkload>;

/** `written`: with its defaults. */
export function resolveNetwork(data: NetworkSource, written: z.output<typeof trainedWorkload>): NetworkWorkload {
	const { model, init, loss, labelSmoothing, reduction, sampler, lastBatch, optimizer, gradient, schedule, averaging } = written;
	return {
		data,
		model: (model ?? []).map(layerSpec),
		init,
		loss,
		...(labelSmoothing !== undefined && { labelSmoothing }),
		reduction,
		sampler,
		lastBatch,
		...resolveDescent({ optimizer, gradient, schedule }),
		...(averaging !== undefined && { averaging }),
	};
}
