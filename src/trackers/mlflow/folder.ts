import { Curves, keepAll } from "../curves.js";
import { damaged } from "../damaged.js";
import type { ConfigValue, TrackedRun } from "../run.js";
import { flatYaml } from "../yaml.js";
import { numberKept, stateOf } from "./values.js";

/** The files of one run of an MLflow file store: `mlruns/EXPERIMENT/RUN`. Keys with slashes are folders there; here they are keys. */
export interface MlflowFolder {
	readonly name: string;
	readonly meta: string;
	/** `meta.yaml` of the experiment; null where there is none. */
	readonly experiment: string | null;
	readonly params: ReadonlyMap<string, string>;
	readonly metrics: ReadonlyMap<string, string>;
}

/** The run in such files; null where it, or its experiment, was deleted. Throws `data/damaged`. */
export function runOfFolder({ name, meta, experiment, params, metrics }: MlflowFolder): TrackedRun | null {
	const about = flatYaml(meta, `${name}/meta.yaml`);
	const group = experiment === null ? new Map<string, ConfigValue>() : flatYaml(experiment, `${name}/../meta.yaml`);
	if (about.get("lifecycle_stage") === "deleted" || group.get("lifecycle_stage") === "deleted") return null;
	const curves = new Curves(keepAll);
	for (const [key, text] of metrics) {
		for (const [at, line] of text.split("\n").entries()) {
			if (line.trim() === "") continue;
			const [timestamp, value, step = "0"] = line.trim().split(" ");
			if (!/^\d+$/.test(timestamp) || value === undefined || !/^-?\d+$/.test(step))
				throw damaged(`${name}/metrics/${key}`, `line ${at + 1} is "${line.slice(0, 60)}", expected a time, a value and a step`);
			curves.add(key, "unknown", Number(step), valueIn(value), Number(timestamp) / 1000);
		}
	}
	return {
		name: String(about.get("run_name") ?? name),
		group: group.has("name") ? String(group.get("name")) : null,
		config: params,
		curves: curves.done(),
		state: stateOf(String(about.get("status") ?? "")),
	};
}

/** As Python prints a float. */
function valueIn(text: string): number {
	const word = /^(-?)inf(?:inity)?$/i.exec(text);
	return word ? (word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : numberKept(Number(text));
}
