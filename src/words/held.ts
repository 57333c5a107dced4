import type { Recommendation } from "../analysis/findings.js";
import type { Study } from "../study/study.js";
import { heldValues } from "../study/workloads/command/hold.js";
import { isCommand } from "../study/workloads/table.js";
import { listed } from "./listed.js";
import { formatCount } from "./numbers.js";

/** What moves with the batch size, and its values to type at the recommended one; null where nothing does. */
export function heldSentence({ workload }: Pick<Study, "workload">, { batchSize }: Pick<Recommendation, "batchSize">): string | null {
	if (!isCommand(workload) || workload.hold === undefined || batchSize === null) return null;
	const values = heldValues(workload, batchSize);
	// In one order, whether the study comes from its file or from the store, which sorts keys.
	const said = Object.entries(workload.hold)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(
			([name, held]) =>
				`${name} ${values[name]} (${"examples" in held ? `held at ${formatCount(held.examples)} examples` : `held at a half-life of ${formatCount(held.halfLife)} examples`})`,
		);
	return `At batch size ${formatCount(batchSize)} use ${listed(said)}.`;
}
