import type { Recommendation } from "../analysis/findings.js";
import type { Study } from "../study/study.js";
import { heldValues } from "../study/workloads/held.js";
import { heldBy } from "../study/workloads/table.js";
import { listed } from "./listed.js";
import { formatCount } from "./numbers.js";

/** What moves with the batch size, and its values to type at the recommended one; null where nothing does. */
export function heldSentence({ workload }: Pick<Study, "workload">, { batchSize }: Pick<Recommendation, "batchSize">): string | null {
	const held = heldBy(workload);
	if (Object.keys(held).length === 0 || batchSize === null) return null;
	const values = heldValues(held, batchSize);
	// In one order, whether the study comes from its file or from the store, which sorts keys.
	const said = Object.entries(held)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(
			([name, held]) =>
				`${name} ${values[name]} (${"examples" in held ? `held at ${formatCount(held.examples)} examples` : `held at a half-life of ${formatCount(held.halfLife)} examples`})`,
		);
	return `At batch size ${formatCount(batchSize)} use ${listed(said)}.`;
}
