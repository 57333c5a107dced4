import { type Goal, goalValueOf } from "../../core/goal.js";
import { flagTitle } from "../../core/setting.js";
import type { FinishedTrial, Outcome } from "../../core/trial.js";

/** optuna.trial.TrialState, and StudyDirection.MINIMIZE. */
const states = { complete: 1, pruned: 2, failed: 3 } as const;
const minimize = 1;
const worker = "sweetspot";

/** Optuna counts a trial that ended without the goal as pruned: it ended before its time. */
const stateOf = (outcome: Outcome): number =>
	outcome === "reached" ? states.complete : outcome === "missed" || outcome === "stopped" ? states.pruned : states.failed;

/**
 * The trials as an Optuna journal (`JournalStorage(JournalFileBackend(path))`), a line at a time: the objective is steps-to-target, to
 * be minimized; the goal's metric is reported at every look. `begun`: when the study was, ISO 8601.
 */
export function* optunaJournal(name: string, trials: readonly FinishedTrial[], goal: Goal, begun: string): Generator<string> {
	const line = (log: object) => `${JSON.stringify({ ...log, worker_id: worker })}\n`;
	yield line({ op_code: 0, study_name: name, directions: [minimize] });
	const bounds = boundsOf(trials);
	for (const { spec, result } of trials) {
		const params: Record<string, number> = { batch_size: spec.batchSize, learning_rate: spec.learningRate };
		if (spec.momentum !== undefined) params.momentum = spec.momentum;
		if (spec.weightDecay !== undefined) params.weight_decay = spec.weightDecay;
		for (const [name, value] of Object.entries(spec.flags ?? {})) params[flagTitle(name)] = value;
		const intermediate = result.evaluations.flatMap((look) => {
			const value = goalValueOf(goal, look);
			return value === undefined ? [] : [[look.step, value] as const];
		});
		const value = result.reached?.step ?? null;
		yield line({
			op_code: 4,
			study_id: 0,
			datetime_start: begun,
			datetime_complete: new Date(Date.parse(begun) + 1000 * result.seconds).toISOString(),
			state: stateOf(result.outcome),
			value: null,
			values: value === null || result.outcome !== "reached" ? null : [value],
			params,
			distributions: Object.fromEntries(Object.keys(params).map((key) => [key, distribution(key, bounds.get(key) ?? [0, 0])])),
			user_attrs: { seed: spec.seed, seed_index: spec.seedIndex, phase: spec.phase, cap: spec.cap, outcome: result.outcome },
			system_attrs: {},
			intermediate_values: Object.fromEntries(intermediate),
		});
	}
}

/** The smallest and largest value of each parameter. */
function boundsOf(trials: readonly FinishedTrial[]): ReadonlyMap<string, readonly [number, number]> {
	const bounds = new Map<string, readonly [number, number]>();
	for (const { spec } of trials)
		for (const [key, value] of [
			["batch_size", spec.batchSize],
			["learning_rate", spec.learningRate],
			["momentum", spec.momentum ?? 0],
			["weight_decay", spec.weightDecay ?? 0],
			...Object.entries(spec.flags ?? {}).map(([name, value]) => [flagTitle(name), value] as const),
		] as const) {
			const [low, high] = bounds.get(key) ?? [value, value];
			bounds.set(key, [Math.min(low, value), Math.max(high, value)]);
		}
	return bounds;
}

/** As Optuna writes it: a JSON text within the JSON. Rates and sizes are searched on a logarithmic scale. */
const distribution = (key: string, [low, high]: readonly [number, number]): string =>
	key === "batch_size"
		? JSON.stringify({ name: "IntDistribution", attributes: { log: true, step: 1, low, high } })
		: JSON.stringify({ name: "FloatDistribution", attributes: { step: null, low, high, log: key === "learning_rate" } });
