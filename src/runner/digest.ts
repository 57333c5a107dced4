import { asJson, canonicalJson, type Json, sha256OfParts } from "../core/canonical.js";
import { comparisonOfPhase, type FinishedTrial, trialKey } from "../core/trial.js";

/**
 * SHA-256 over specifications and results of all trials, in the order of their keys: equal for equal study and seed, with any number of workers,
 * the machine, or the crashes in between. Seconds, noise probes and what is recorded in addition to metrics are no part of it; cancelled trials neither; nor
 * those of the comparison at equal seconds and of the author's own setting, whose limits come from this machine's calibration.
 *
 * What is hashed is one canonical JSON list, taken in a trial at a time: with all their looks the trials of a large study are more than memory holds.
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
