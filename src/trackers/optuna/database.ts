import { addConfig, jsonOf } from "../config.js";
import type { RunState, TrackedRun } from "../run.js";
import type { SqlPlan, SqlValue } from "../sql/plan.js";
import { Trial } from "./trials.js";

/** Optuna's storage, schema version 12 (Optuna 5); the tables in use have not changed since version 3. */
export const optunaPlan: SqlPlan = {
	kind: "Optuna",
	tables: {
		studies: ["study_id", "study_name"],
		trials: ["trial_id", "number", "study_id", "state"],
		trial_params: ["trial_id", "param_name", "param_value", "distribution_json"],
		trial_intermediate_values: ["trial_id", "step", "intermediate_value", "intermediate_value_type"],
		trial_user_attributes: ["trial_id", "key", "value_json"],
	},
	queries: [
		"SELECT t.trial_id, t.number, t.state, s.study_name FROM trials t JOIN studies s ON s.study_id = t.study_id ORDER BY t.trial_id",
		"SELECT trial_id, key, value_json FROM trial_user_attributes",
		"SELECT trial_id, param_name, param_value, distribution_json FROM trial_params",
		"SELECT trial_id, step, intermediate_value, intermediate_value_type FROM trial_intermediate_values ORDER BY trial_id, step",
	],
};

const states: Readonly<Record<string, RunState>> = { COMPLETE: "finished", PRUNED: "pruned", FAIL: "failed", RUNNING: "running" };
/** The values that are not finite numbers. */
const words: Readonly<Record<string, number>> = {
	NAN: Number.NaN,
	INF_POS: Number.POSITIVE_INFINITY,
	INF_NEG: Number.NEGATIVE_INFINITY,
};

/** Takes the rows of `optunaPlan`. */
export class OptunaRows {
	readonly #trials = new Map<SqlValue, Trial>();

	add(query: number, [id, ...values]: readonly SqlValue[]): void {
		if (query === 0) {
			const [number, state, study] = values.map(String);
			if (state === "WAITING") return;
			const trial = new Trial(`trial ${number}`, study);
			trial.state = states[state] ?? "unknown";
			this.#trials.set(id, trial);
			return;
		}
		const trial = this.#trials.get(id);
		if (trial === undefined) return;
		const [key, value, more] = values;
		if (query === 1) addConfig(trial.config, jsonOf(String(value)), String(key));
		else if (query === 2) trial.setParameter(String(key), value, jsonOf(String(more)));
		else if (typeof key === "number") {
			const reported = words[String(more)] ?? value;
			if (typeof reported === "number") trial.report(key, reported);
		}
	}

	runs(): TrackedRun[] {
		return [...this.#trials.values()].map((trial) => trial.done());
	}
}
