import { Curves } from "../curves.js";
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
		"SELECT run_uuid, key, value, is_nan, step, timestamp FROM metrics ORDER BY timestamp, step, rowid",
	],
};

/** Takes the rows of `mlflowPlan`. */
export class MlflowRows {
	readonly #runs = new Map<SqlValue, TrackedRun & { readonly config: Map<string, ConfigValue>; readonly building: Curves }>();

	add(query: number, values: readonly SqlValue[]): void {
		const [id, ...rest] = values;
		if (query === 0) {
			const [name, status, experiment] = rest.map((value) => (value === null ? "" : String(value)));
			const building = new Curves();
			const config = new Map<string, ConfigValue>();
			this.#runs.set(id, {
				name: name || String(id),
				group: experiment,
				config,
				building,
				curves: building.done(),
				state: stateOf(status),
			});
			return;
		}
		const run = this.#runs.get(id);
		if (run === undefined) return;
		const [key, value, isNan, step, timestamp] = rest;
		if (typeof key !== "string") return;
		if (query === 1) run.config.set(key, value);
		else if (typeof step === "number" && (typeof value === "number" || isNan === 1))
			run.building.add(key, "unknown", step, isNan === 1 ? Number.NaN : numberKept(Number(value)), Number(timestamp) / 1000);
	}

	runs(): TrackedRun[] {
		return [...this.#runs.values()].map(({ building: _, ...run }) => run);
	}
}
