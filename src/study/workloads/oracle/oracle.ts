import type { z } from "zod";
import { type OracleSource, oracleKindOf, placesOf, sourceAsWritten } from "../../../data/sources/table.js";
import type { WorkloadKind } from "../kind.js";
import { type Descent, heldByDescent, knowsTheEnd, resolveDescent } from "../trained/descent.js";
import type { trainedWorkload } from "../trained/schema.js";
import { trained } from "../trained/traits.js";
import { without } from "../without.js";

/** A problem that brings its own model and loss, and whose answer is known. */
export interface OracleWorkload extends Descent {
	readonly data: OracleSource;
}

export const oracle = {
	name: "oracle",
	traits: trained,
	nameOf: ({ data }: OracleWorkload) => data.name,
	hashed: (workload: OracleWorkload) => ({ ...workload, data: without(workload.data, placesOf(workload.data)) }),
	written: ({ data, ...rest }: OracleWorkload) => ({ data: sourceAsWritten(data), ...rest }),
	sourceOf: ({ data }: OracleWorkload) => data,
	isTied: (workload: OracleWorkload) => knowsTheEnd(workload),
	heldBy: (workload: OracleWorkload) => heldByDescent(workload),
} satisfies WorkloadKind<OracleWorkload>;

/** `written`: with its defaults. Keys of a network are dropped; a stream is always drawn with replacement. */
export function resolveOracle(data: OracleSource, written: z.output<typeof trainedWorkload>): OracleWorkload {
	const { sampler, lastBatch, optimizer, gradient, schedule } = written;
	return {
		data,
		sampler: oracleKindOf(data).isStream ? "with-replacement" : sampler,
		lastBatch,
		...resolveDescent({ optimizer, gradient, schedule }),
	};
}
