import { asJson, canonicalJson, type Json, sha256OfParts } from "../core/canonical.js";
import { comparisonOfPhase, type FinishedTrial, trialKey } from "../core/trial.js";

/**
 * SHA-256 over the specifications and results of all trials, in the order of their keys. Equal study and seed give an equal digest, for any
 * number of workers, on any machine, after any crash. It leaves out seconds, noise probes, what is recorded in addition to metrics, and
 * cancelled trials. It also leaves out the comparison at equal seconds and the author's own setting, whose limits depend on this machine.
 *
 * One canonical JSON list is hashed, one trial at a time: all the looks of a large study together may exceed memory.
 */
export function digestOf(finished: readonly FinishedTrial[]): string {
	const ordered = finished
		.filter(
			({ spec, result }) => result.outcome !== "cancelled" && spec.phase !== "baseline" && comparisonOfPhase(spec.phase) !== "seconds",
		)
		.map((trial) => ({ key: trialKey(trial.spec), trial }))
		.sort((a, b) => (a.key < b.key ? -1 : 1));
	return sha256OfParts(listOf(ordered));
}

interface Keyed {
	readonly key: string;
	readonly trial: FinishedTrial;
}

/** The canonical JSON of the list, in parts. */
function* listOf(ordered: readonly Keyed[]): Generator<string> {
	yield "[";
	for (const [i, { key, trial }] of ordered.entries()) yield `${i === 0 ? "" : ","}${canonicalJson(covered(key, trial))}`;
	yield "]";
}

function covered(key: string, { spec, result }: FinishedTrial): Json {
	const { outcome, steps, examples, first, reached } = result;
	const evaluations = result.evaluations.map(({ recorded: _, ...look }) => look);
	return asJson({ key, seed: spec.seed, until: spec.until, outcome, steps, examples, first, reached, evaluations });
}
