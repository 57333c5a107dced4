import { Curves, type Keep } from "../curves.js";
import type { ConfigValue, TrackedRun } from "../run.js";
import type { SqlPlan, SqlValue } from "../sql/plan.js";
import { numberKept, stateOf } from "./values.js";

const active = "r.lifecycle_stage = 'active' AND e.lifecycle_stage = 'active'";
const joined = "runs r JOIN experiments e ON e.experiment_id = r.experiment_id";

/** MLflow's store: `sqlite:///mlflow.db`. Deleted runs and experiments stay in it, and are skipped. */
export const mlflowPlan: SqlPlan = {
	kind: "MLflow",
	tables: {
		experiments: ["experiment_id", "name", "lifecycle_stage"],
		runs: ["run_uuid", "name", "status", "start_time", "lifecycle_stage", "experiment_id"],
		params: ["key", "value", "run_uuid"],
		metrics: ["key", "value", "timestamp", "run_uuid", "step", "is_nan"],
	},
	queries: [
		`SELECT r.run_uuid, r.name, r.status, e.name FROM ${joined} WHERE ${active} ORDER BY r.start_time, r.rowid`,
		"SELECT run_uuid, key, value FROM params",
		// In the order of the table's primary key, so that nothing has to be sorted.
		"SELECT run_uuid, key, value, is_nan, step, timestamp FROM metrics ORDER BY key, timestamp, step, rowid",
	],
};

interface Building {
	readonly name: string;
	readonly group: string;
	readonly status: string;
	readonly config: Map<string, ConfigValue>;
	readonly curves: Curves;
}

/** Takes the rows of `mlflowPlan`. */
export class MlflowRows {
	readonly #runs = new Map<SqlValue, Building>();

	constructor(private readonly keep: Keep) {}

	add(query: number, values: readonly SqlValue[]): void {
		const [id, ...rest] = values;
		if (query === 0) {
			const [name, status, group] = rest.map((value) => (value === null ? "" : String(value)));
			this.#runs.set(id, { name: name || String(id), group, status, config: new Map(), curves: new Curves(this.keep) });
			return;
		}
		const run = this.#runs.get(id);
		const [key, value, isNan, step, timestamp] = rest;
		if (run === undefined || typeof key !== "string") return;
		if (query === 1) run.config.set(key, value);
		else if (typeof step === "number" && (typeof value === "number" || isNan === 1))
			run.curves.add(key, "unknown", step, isNan === 1 ? Number.NaN : numberKept(Number(value)), Number(timestamp) / 1000);
	}

	runs(): TrackedRun[] {
		return [...this.#runs.values()].map(({ name, group, status, config, curves }) => ({
			name,
			group,
			config,
			curves: curves.done(),
			state: stateOf(status),
		}));
	}
}
