import { addConfig, isRecord, jsonOf, numberIn } from "./config.js";
import { Curves, type Keep } from "./curves.js";
import type { ConfigValue, TrackedRun } from "./run.js";
import type { SqlPlan, SqlValue } from "./sql/plan.js";

/** trackio's store of one project: `PROJECT.db`. */
export const trackioPlan: SqlPlan = {
	kind: "trackio",
	tables: { metrics: ["run_name", "step", "timestamp", "metrics"], configs: ["run_name", "config"] },
	queries: ["SELECT run_name, step, timestamp, metrics FROM metrics ORDER BY id", "SELECT run_name, config FROM configs"],
};

/** Takes the rows of `trackioPlan`. */
export class TrackioRows {
	readonly #runs = new Map<string, { readonly curves: Curves; readonly config: Map<string, ConfigValue> }>();

	constructor(private readonly keep: Keep) {}

	add(query: number, values: readonly SqlValue[]): void {
		const name = String(values[0]);
		const run = this.#runs.get(name) ?? { curves: new Curves(this.keep), config: new Map<string, ConfigValue>() };
		this.#runs.set(name, run);
		if (query === 1) {
			const config = new Map<string, ConfigValue>();
			addConfig(config, jsonOf(String(values[1])));
			for (const [key, value] of config) if (!key.startsWith("_")) run.config.set(key, value);
			return;
		}
		const [, step, timestamp, text] = values;
		const metrics = jsonOf(String(text));
		if (typeof step !== "number" || !isRecord(metrics)) return;
		for (const [key, value] of Object.entries(metrics)) {
			const number = numberIn(value);
			if (number !== undefined) run.curves.add(key, "calls", step, number, Date.parse(String(timestamp)) / 1000);
		}
	}

	runs(): TrackedRun[] {
		return [...this.#runs].map(([name, { curves, config }]) => ({ name, group: null, config, curves: curves.done(), state: "unknown" }));
	}
}
