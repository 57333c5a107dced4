import { type TrialResult, type TrialSpec, trialRunKey } from "../../src/core/trial.js";

/** Steps that a run of a ladder is trained for at least: further than its first rungs, so that it seldom begins anew. */
const leastSteps = 200;

/**
 * Trains every run once, as far as was ever asked for, and reads it again for whoever asks for less of it: studies that differ in the
 * ladder's numbers alone share most of their runs.
 */
export function remembering(train: (spec: TrialSpec) => TrialResult | Promise<TrialResult>): (spec: TrialSpec) => Promise<TrialResult> {
	const runs = new Map<string, { readonly cap: number; readonly result: TrialResult }>();
	return async (spec) => {
		const key = `${trialRunKey(spec)}/${spec.seed}`;
		const known = runs.get(key);
		if (known && (known.cap >= spec.cap || known.result.outcome !== "missed")) return upTo(known.result, spec);
		const cap = spec.phase === "ladder" ? Math.max(spec.cap, leastSteps) : spec.cap;
		const result = await train({ ...spec, cap });
		runs.set(key, { cap, result });
		return upTo(result, spec);
	};
}

/** The same run, ended at the trial's cap. */
function upTo(result: TrialResult, { cap, batchSize }: TrialSpec): TrialResult {
	if (result.steps <= cap) return result;
	const isBefore = ({ step }: { readonly step: number }): boolean => step <= cap;
	return {
		...result,
		outcome: "missed",
		steps: cap,
		examples: cap * batchSize,
		first: result.first && isBefore(result.first) ? result.first : null,
		reached: null,
		evaluations: result.evaluations.filter(isBefore),
		probes: result.probes.filter(isBefore),
		message: null,
	};
}
