import { canonicalJson, type Json, sha256Hex } from "../core/canonical.js";
import { type FinishedTrial, trialKey } from "../core/trial.js";

/**
 * SHA-256 over specifications and results of all trials, in the order of their keys: equal for equal study and seed, whatever the number of workers,
 * the machine, or the crashes in between. Seconds and noise probes are no part of it; cancelled trials neither.
 */
export function digestOf(finished: readonly FinishedTrial[]): string {
	const entries = finished
		.filter(({ result }) => result.outcome !== "cancelled")
		.map(({ spec, result }): [string, Json] => {
			const { outcome, steps, examples, first, sustained, evaluations } = result;
			const covered = { key: trialKey(spec), seed: spec.seed, until: spec.until, outcome, steps, examples, first, sustained, evaluations };
			return [trialKey(spec), covered as unknown as Json];
		});
	return sha256Hex(canonicalJson(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, covered]) => covered)));
}
