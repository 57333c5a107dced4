import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Records } from "./reference.js";
import type { PricedWorkload } from "./workloads.js";

/**
 * Costs of a workload's settings that were measured before, kept in a file of the folder: a line for each, of the workload as it is written,
 * the setting's key and its steps, ∞ as null. Lines of the same name that were another workload count for nothing.
 */
export function recordsIn(folder: string, { name, study, flat }: PricedWorkload): Records {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.jsonl`);
	const written = JSON.stringify({ study, flat });
	const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
	const kept = lines.map((line) => JSON.parse(line) as { readonly of: string; readonly key: string; readonly steps: number | null });
	const known = new Map(kept.filter(({ of }) => of === written).map(({ key, steps }) => [key, steps ?? Number.POSITIVE_INFINITY]));
	return {
		get: (key) => known.get(key),
		set(key, steps) {
			known.set(key, steps);
			appendFileSync(file, `${JSON.stringify({ of: written, key, steps: Number.isFinite(steps) ? steps : null })}\n`);
		},
	};
}
